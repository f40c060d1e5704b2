import { cellKind } from './cell-kind';

/**
 * The names in a comment line: `#CHROM POS REF`, or `# x y z`, where the sign is a cell of its own.
 * @param width cells of the rows below
 * @returns null where the line does not name so many columns
 */
export function namesIn(cells: string[], width: number): string[] | null {
  const [first = '', ...rest] = cells;
  if (!first.startsWith('#')) return null;
  const bare = first.replace(/^#+\s*/, '');
  const names = bare === '' ? rest : [bare, ...rest];
  const named = names.every((name) => ['text', 'code', 'boolean'].includes(cellKind(name)));
  return named && names.length === width ? names : null;
}

/** Whether a row is the line in which Excel is told the delimiter, cut by whichever it is. */
export function isSeparatorLine(cells: string[]): boolean {
  const [first = '', ...rest] = cells;
  return /^sep=.?$/i.test(first) && rest.length <= 1 && rest.every((cell) => cell.trim() === '');
}
