import type { Dialect, Piece } from '@/lib/shared/csv/dialect';
import { parseExactly } from '@/lib/shared/csv/parse-exactly';
import { limits } from '../source/types';
import { parseFast } from './parse-fast';

/**
 * Parses the whole records at the start of a text, the fast way where that is exact.
 *
 * @param final whether the text ends the file
 * @param line line number of the text's start, for messages
 * @throws ImportFailure RECORD_TOO_LARGE
 */
export function parsePiece(text: string, dialect: Dialect, final: boolean, line: number): Piece {
  // Only the exact parser looks at the length of each record, and knows the line each starts on.
  const needsCare = text.length > limits.recordCharacters || isDirty(text);
  return (needsCare ? null : parseFast(text, dialect, final)) ?? parseExactly(text, dialect, final, line);
}

/** Whether some row holds a NUL or bytes that could not be decoded. */
function isDirty(text: string): boolean {
  return !text.isWellFormed() || text.includes('\0');
}
