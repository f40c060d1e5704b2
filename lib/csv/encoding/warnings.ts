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
