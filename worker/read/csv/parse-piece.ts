import type { Dialect, Piece } from '@/lib/shared/csv/dialect';
import { parseExactly } from '@/lib/shared/csv/parse-exactly';
import { limits } from '../source/types';
import type { PapaChunks } from './papa-chunks';
import { blankPiece, hasNoCells, parseFast, pieceOf, regularText } from './parse-fast';

/**
 * Parses the whole records at the start of a short text: the head or the end of a file, or one record of it.
 *
 * @param final whether the text ends the file
 * @param line line number of the text's start, for messages
 * @throws ImportFailure RECORD_TOO_LARGE
 */
export function parsePiece(text: string, dialect: Dialect, final: boolean, line: number): Piece {
  return (
    (needsCare(text) ? null : parseFast(text, dialect, final)) ?? parseExactly(text, dialect, final, line)
  );
}

/** As {@link parsePiece}, for the pieces of a whole file one after the other. */
export async function parseChunk(
  papa: PapaChunks,
  text: string,
  dialect: Dialect,
  final: boolean,
  line: number,
): Promise<Piece> {
  const regular = needsCare(text) ? null : regularText(text, dialect, final);
  if (regular === null) return parseExactly(text, dialect, final, line);
  return hasNoCells(regular) ? blankPiece(regular) : pieceOf(regular, await papa.parse(regular));
}

/** Only the exact parser looks at the length of each record, and knows the line each starts on. */
function needsCare(text: string): boolean {
  return text.length > limits.recordCharacters || isDirty(text);
}

/** Whether some row holds a NUL or bytes that could not be decoded. */
function isDirty(text: string): boolean {
  return !text.isWellFormed() || text.includes('\0');
}
