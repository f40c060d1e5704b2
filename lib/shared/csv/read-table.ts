import { columnNames } from './column-names';
import { findHeader, type NumberedRow, type TableStart } from './sniff/header';
import { namesIn } from './sniff/names';
import { uniformWidths } from './uniform-widths';

/** The first rows of a text, taken apart. */
export interface Table {
  /** What stands above the header. */
  above: NumberedRow[];
  headerRows: NumberedRow[];
  body: NumberedRow[];
  /** How many cells a row may have. */
  widths: { fewest: number; most: number };
  /** Unique, never blank; as many as a full row has cells. */
  columns: string[];
  /** Nobody need be asked which row is the header. */
  headerSure: boolean;
  /** How header and rows differ in width. */
  widthWarnings: string[];
  warnings: string[];
}

/**
 * Finds the header among the first rows of a text, and names the columns.
 * @param chosen row number of the header as a person said it; null: there is none
 * @param chosenRows how many rows from there on name the columns
 */
export function readTable(rows: NumberedRow[], chosen: number | null | undefined, chosenRows = 1): Table {
  const { header, first, sure } = startOf(rows, chosen, chosenRows);
  const headerRows = header === null ? [] : rows.slice(header, first);
  const body = rows.slice(first);
  const above = rows.slice(0, header ?? first);
  const names = joined(headerRows.map(({ cells }) => cells));
  const bodyCells = body.map(({ cells }) => cells);
  const uncommented = above.some(({ cells }) => cells[0]?.startsWith('#'))
    ? namesIn(names, bodyCells[0]?.length ?? names.length)
    : null;
  const widths = uniformWidths(uncommented ?? names, bodyCells);
  const { columns, warnings } = columnNames(widths.header, widths.header.length);
  return {
    above,
    headerRows,
    body,
    widths: { fewest: widths.fewest, most: widths.most },
    columns,
    headerSure: sure,
    widthWarnings: widths.warnings,
    warnings,
  };
}

/** The header and first data row: found, or as the person chose. */
function startOf(rows: NumberedRow[], chosen: number | null | undefined, chosenRows: number): TableStart {
  if (chosen === undefined) return findHeader(rows);
  if (chosen === null) {
    const found = findHeader(rows);
    return { header: null, first: found.header ?? found.first, sure: true };
  }
  const header = rows.findIndex(({ row }) => row >= chosen);
  return header < 0
    ? { header: null, first: rows.length, sure: true }
    : { header, first: Math.min(header + chosenRows, rows.length), sure: true };
}

/**
 * The names of a header of several rows: what stands in each column, once. A title that stands above several columns,
 * each with a name of its own further down, is that of all of them.
 */
function joined(headerRows: string[][]): string[] {
  const width = Math.max(0, ...headerRows.map((cells) => cells.length));
  const last = headerRows.at(-1) ?? [];
  const spread = headerRows.map((cells, i) =>
    i < headerRows.length - 1 && isGrouped(last) ? grouped(cells, width) : cells,
  );
  return Array.from({ length: width }, (_, column) => {
    const parts = spread.map((cells) => (cells[column] ?? '').trim()).filter((part) => part !== '');
    return [...new Set(parts)].join(' ');
  });
}

/** Whether names come again and again, so that only the titles above tell them apart. */
function isGrouped(names: string[]): boolean {
  const filled = names.map((name) => name.trim()).filter((name) => name !== '');
  return new Set(filled).size < filled.length;
}

/** Each title over the blank cells to its right as well. */
function grouped(cells: string[], width: number): string[] {
  let title = '';
  return Array.from({ length: width }, (_, i) => (title = cells[i]?.trim() || title));
}

/** A person picks the header among these; a header further down brings those before it along. */
const topRows = 20;
const topColumns = 30;
const topCharacters = 80;

/** The first rows of a file as they stand in it, whatever is taken for the header. */
export function topOf(rows: NumberedRow[], headerRow: number | null): NumberedRow[] {
  const header = rows.findIndex(({ row }) => row === headerRow);
  return rows.slice(0, Math.max(topRows, header + 4)).map(({ row, cells }) => ({
    row,
    cells: cells.slice(0, topColumns).map((cell) => cell.slice(0, topCharacters).toWellFormed()),
  }));
}
