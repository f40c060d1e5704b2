import type { EncodingReading } from '@/lib/shared/schema/file/inspection';
import { decodeWith } from './dos';
import { likelyEncodings } from './legacy';

/** A file with more lines beyond ASCII than these is read right by what it spells; with fewer, a person is asked. */
const fewLines = 100;
const mostReadings = 3;
const shownLines = 3;
/** Characters of a line that are shown, and of those before its first doubtful word. */
const shownCharacters = 90;
const charactersBefore = 30;

const separators = /([\s,;|"]+)/;

/**
 * How a short file that is no UTF-8 reads in the encodings that it may be written in: the lines that tell them apart,
 * with the words that differ.
 * @param first the encoding that it is taken for
 * @returns the likeliest first; none where nothing has to be chosen: they all spell the same, or there is text enough
 */
export function encodingReadings(bytes: Uint8Array, first: string): EncodingReading[] {
  const lines = linesBeyondAscii(bytes);
  if (lines === null || lines.length === 0) return [];
  const found = new Map<string, { encoding: string; texts: string[] }>();
  for (const encoding of new Set([first, ...likelyEncodings(bytes)])) {
    const texts = lines.map((line) => decodeWith(encoding, line) ?? '\ufffd');
    const spelled = texts.join('\n');
    // Nobody would choose a reading with holes, control characters or boxes.
    if (encoding !== first && /[\u0080-\u009f\u2500-\u259f\ufffd]/.test(spelled)) continue;
    if (!found.has(spelled)) found.set(spelled, { encoding, texts });
  }
  const readings = [...found.values()].slice(0, mostReadings);
  if (readings.length < 2) return [];
  const shown = lines
    .map((_, line) => line)
    .filter((line) => new Set(readings.map(({ texts }) => texts[line])).size > 1)
    .slice(0, shownLines);
  return readings.map(({ encoding, texts }) => ({
    encoding,
    lines: shown.map((line) => {
      const others = readings.flatMap(({ texts: other }) =>
        other === texts ? [] : [new Set((other[line] ?? '').split(separators))],
      );
      const words = (texts[line] ?? '').trim().split(separators);
      return clipped(
        words.map((text) => ({ text, differs: others.some((other) => !other.has(text)) && /\S/.test(text) })),
      );
    }),
  }));
}

type Part = EncodingReading['lines'][number][number];

/** A line around its first doubtful word, in as few parts as it has. */
function clipped(words: Part[]): Part[] {
  const doubtful = words.findIndex(({ differs }) => differs);
  const [before, after] = [words.slice(0, doubtful), words.slice(doubtful)];
  const lead = before.map(({ text }) => text).join('');
  const start = lead.length > charactersBefore ? `…${lead.slice(-charactersBefore)}` : lead;
  const parts: Part[] = start === '' ? [] : [{ text: start, differs: false }];
  let length = start.length;
  for (const { text, differs } of after) {
    if (length + text.length > shownCharacters) {
      parts.push({ text: '…', differs: false });
      break;
    }
    length += text.length;
    const last = parts.at(-1);
    if (last && !last.differs && !differs) last.text += text;
    else parts.push({ text, differs });
  }
  return parts.filter(({ text }) => text !== '');
}

/** The lines that hold more than ASCII; null where they are too many to be looked at. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array[] | null {
  const lines: Uint8Array[] = [];
  for (let from = 0; from < bytes.length; ) {
    const end = lineEnd(bytes, from);
    const line = bytes.subarray(from, end);
    from = end + 1;
    if (!line.some((byte) => byte >= 0x80)) continue;
    if (lines.push(line) >= fewLines) return null;
  }
  return lines;
}

function lineEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; at < bytes.length; at++) if (bytes[at] === 10 || bytes[at] === 13) return at;
  return bytes.length;
}
