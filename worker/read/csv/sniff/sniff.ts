import type { Dialect } from '../dialect';
import { absentDelimiter, candidates } from './candidates';
import { score } from './score';

/** Enough rows to see a pattern; twice as much changed no choice over the test files. */
const scoredCharacters = 64 * 1024;

/**
 * Finds the dialect that explains a sample best. Every candidate parses the sample, and is scored by how
 * regular the rows are and how much the cells look like values.
 *
 * @param sample the start of the file's text
 * @param whole whether that is all of it
 * @param chosen what a person has decided
 */
export function sniffDialect(
  sample: string,
  whole: boolean,
  chosen: { delimiter?: string; quote?: '"' | "'" | null } = {},
): Dialect {
  const { text, complete } = headOf(sample, whole);
  let best: { dialect: Dialect; value: number } | null = null;
  for (const { dialect, prior } of candidates(text, chosen)) {
    const scored = score(text, dialect, complete);
    const value = scored.value * prior;
    if (best === null || value > best.value + 1e-9) best = { dialect, value };
    if (scored.width === 1 && best.dialect === dialect && chosen.delimiter === undefined) {
      best = { dialect: { ...dialect, delimiter: absentDelimiter(sample), collapse: false }, value };
    }
  }
  return (
    best?.dialect ?? {
      delimiter: chosen.delimiter ?? ',',
      quote: '"',
      escape: '"',
      comment: null,
      collapse: false,
    }
  );
}

/** The first part of a sample, up to a line end; all of it if its first lines are that long. */
function headOf(sample: string, whole: boolean): { text: string; complete: boolean } {
  if (sample.length <= scoredCharacters) return { text: sample, complete: whole };
  const text = sample.slice(0, scoredCharacters);
  const lines = text.split(/\r\n|\r|\n/, 4).length;
  return lines < 4 ? { text: sample, complete: whole } : { text, complete: false };
}
