import type { EncodingReading } from '@/lib/shared/schema/file/inspection';
import { encodingName } from './names';

/** What a file's bytes seem to be encoded in. */
export interface EncodingGuess {
  /** WHATWG label. */
  encoding: string;
  /** False where the bytes prove it: a byte order mark, valid UTF-8, zero bytes in every other place. */
  guessed: boolean;
}

/** What the person should check about the encoding. */
export function encodingWarnings({ encoding, guessed }: EncodingGuess): string[] {
  if (!guessed) return [];
  if (encoding === 'utf-8') {
    return ['The file is UTF-8 but for some bytes; the rows that hold these will be rejected.'];
  }
  const shown = encoding
    .replace(/^(utf|iso|koi|euc|ibm|cp(?=\d))/, (name) => name.toUpperCase())
    .replace(/^[a-z]/, (c) => c.toUpperCase());
  return [`Encoding was guessed as ${shown}; check the accents in the preview.`];
}

/** For a command line, where nobody can be shown the readings side by side: each with its words, and how to choose it. */
export function readingNotes(readings: EncodingReading[], chosen: string | null): string[] {
  const [first, ...others] = readings;
  if (!first || (chosen !== null && chosen !== first.encoding)) return [];
  const listed = others.map(
    (reading) => `${wordsOf(reading)} in ${encodingName(reading.encoding)}: --encoding ${reading.encoding}`,
  );
  return [
    `The file does not say its encoding. Taken for ${encodingName(first.encoding)}, it reads ${wordsOf(first)} (--encoding ${first.encoding}). It would read ${listed.join('; or ')}.`,
  ];
}

const mostWords = 3;

function wordsOf({ lines }: EncodingReading): string {
  const words = lines.flatMap((parts) => parts.flatMap(({ text, differs }) => (differs ? [text] : [])));
  return `“${[...new Set(words)].slice(0, mostWords).join(' ')}”`;
}
