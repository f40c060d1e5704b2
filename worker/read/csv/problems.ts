import { ownText } from '@/lib/server/platform/own-text';
import type { Piece } from '@/lib/shared/csv/dialect';
import type { Problem } from '../source/types';
import { readable } from './decode/utf8';

const shown = 200;

/**
 * Finds what is wrong with the rows of one piece, and makes cells with undecodable bytes or NULs presentable in
 * place: such a row is not stored, but what it held is shown, and neither JSON nor PostgreSQL can hold those.
 *
 * @param firstRow row number of the piece's first record
 * @param firstLine line number of the piece's start
 */
export function problemsOf(piece: Piece, firstRow: number, firstLine: number): Problem[] {
  const { rows, ordinals, lineOf, badQuotes } = piece;
  // The fast parser never sees a piece with problems.
  if (ordinals === null || lineOf === null) return [];
  const problems: Problem[] = [];
  const place = (i: number) => ({ row: firstRow + (ordinals[i] ?? 0), line: firstLine + (lineOf[i] ?? 0) });
  rows.forEach((cells, i) => {
    cells.forEach((cell, column) => {
      if (!cell.isWellFormed()) {
        const { row, line } = place(i);
        const value = readable(cell);
        cells[column] = value;
        const reason = `Line ${line} holds bytes that are not characters in the file’s encoding.`;
        problems.push({ row, column, value: excerpt(value), code: 'invalid-encoding', reason });
      }
      if (cell.includes('\0')) {
        const { row, line } = place(i);
        const value = (cells[column] ?? '').replaceAll('\0', '␀');
        cells[column] = value;
        const reason = `Line ${line} holds a NUL byte, which no text may contain.`;
        problems.push({ row, column, value: excerpt(value), code: 'nul-byte', reason });
      }
    });
  });
  for (const { at, column } of badQuotes) {
    const { row, line } = place(at);
    const value = excerpt(rows[at]?.[column] ?? '');
    const reason = `A quote on line ${line} stands where none may be, so the row’s cells are uncertain.`;
    problems.push({ row, column, value, code: 'bad-quotes', reason });
  }
  for (const { at, column } of piece.brokenRecords ?? []) {
    const { row, line } = place(at);
    const value = excerpt((rows[at] ?? []).slice(column, column + 2).join(' | '));
    const reason = `A value on line ${line} runs from column ${column + 1} into column ${column + 2}.`;
    problems.push({ row, column: null, value, code: 'across-columns', reason });
  }
  return problems.sort((a, b) => a.row - b.row);
}

/** The start of a text, without half a character at its end. */
function excerpt(text: string): string {
  return ownText(text.slice(0, shown).replace(/[\uD800-\uDBFF]$/, ''));
}
