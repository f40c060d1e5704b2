import { KiB } from '@/lib/shared/bytes';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutChoicesInput } from '@/lib/shared/schema/file/layout';

/** Enough to see a header and some hundred rows; read and understood in a moment, however large the file is. */
const sliceBytes = 128 * KiB;

/**
 * What a file looks like from its first bytes; null if only the worker can tell.
 * @param choices settings the user changed
 */
export async function sniffFile(
  file: File,
  choices: LayoutChoicesInput = {},
): Promise<InspectionView | null> {
  try {
    // With the first file that is dropped: no page before needs it.
    const { inspectSlice, isOtherFormat } = await import('@/lib/shared/inspect/inspect-slice');
    const slice = new Uint8Array(await file.slice(0, sliceBytes).arrayBuffer());
    const whole = file.size <= sliceBytes;
    const seen = inspectSlice(slice, whole, choices);
    if ((seen && choices.encoding === undefined) || isOtherFormat(slice)) return seen;
    // Only for files that are no UTF-8: telling their encodings apart takes 19 KB of statistics.
    const [{ guessEncoding }, { encodingReadings }, { encodingWarnings }] = await Promise.all([
      import('@/lib/shared/csv/encoding/guess'),
      import('@/lib/shared/csv/encoding/readings'),
      import('@/lib/shared/csv/encoding/warnings'),
    ]);
    const encoding = guessEncoding(slice);
    if (encoding === null) return seen;
    const encodings = encodingReadings(slice, encoding);
    if (choices.encoding !== undefined) return seen && { ...seen, encodings };
    const guessed = inspectSlice(slice, whole, { ...choices, encoding });
    const warnings = encodings.length > 0 ? [] : encodingWarnings({ encoding, guessed: true });
    return guessed && { ...guessed, encodings, warnings };
  } catch {
    // The file cannot be read any more, or a part of the program did not load: the worker will tell.
    return null;
  }
}
