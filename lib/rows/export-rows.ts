import { z } from 'zod';
import type { DatasetView } from '../imports/contract';
import { momentInput, seeAt } from '../versions/sight';
import { readPageOf } from './read-rows';

export const exportQuery = z.object({
  format: z.enum(['csv', 'json']).default('csv'),
  /** `formulas`: cells that a spreadsheet program would run as a formula get an apostrophe in front. */
  escape: z.enum(['formulas']).optional(),
  /** The rows as they were seen at this moment. */
  at: momentInput.optional(),
});

const pageRows = 1_000;

/** CSV of one record (RFC 4180): quoted only where it must be, so that a round trip gives the same bytes. */
export function csvRecord(cells: (string | null)[]): string {
  return `${cells.map((cell) => csvCell(cell ?? '')).join(',')}\r\n`;
}

function csvCell(cell: string): string {
  return /[",\r\n]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * OWASP “CSV injection”: a cell that begins with = + - @ tab or CR may be run as a formula. Plain numbers are not.
 */
export function escapeFormula(cell: string): string {
  return /^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d.,]+(?:[eE][+-]?\d+)?%?$/.test(cell) ? `'${cell}` : cell;
}

/** A dataset's current rows as text, header first, in file order; page by page, so memory does not grow. */
export async function* exportRows(
  dataset: DatasetView,
  { format, escape: escaping, at }: z.infer<typeof exportQuery>,
): AsyncGenerator<string> {
  const safe =
    escaping === 'formulas'
      ? (cell: string | null) => cell && escapeFormula(cell)
      : (cell: string | null) => cell;
  // Fixed at the start: an undo or another import in the meantime neither cuts the file short nor mixes into it.
  const sight = await seeAt(dataset.id, at);
  const names = dataset.columns.map((column) => column.name);
  if (format === 'csv') yield csvRecord(names.map((name) => safe(name)));
  let after: string | undefined;
  let first = true;
  do {
    const page = await readPageOf(sight, dataset, { after, limit: pageRows });
    let text = '';
    for (const { cells } of page.rows) {
      if (format === 'csv') {
        text += csvRecord(cells.map(safe));
      } else {
        const entries = names.map((name, i) => `${JSON.stringify(name)}:${JSON.stringify(cells[i] ?? null)}`);
        text += `${first ? '[\n' : ',\n'}{${entries.join(',')}}`;
        first = false;
      }
    }
    yield text;
    after = page.next ?? undefined;
  } while (after !== undefined);
  if (format === 'json') yield first ? '[]\n' : '\n]\n';
}
