import { columnNames } from './column-names';
import { findHeader, type NumberedRow, type TableStart } from './sniff/header';
import { usualWidth } from './sniff/score';

/** The first rows of a text, taken apart. */
export interface Table {
  /** What stands above the header. */
  above: NumberedRow[];
  headerRows: NumberedRow[];
  body: NumberedRow[];
  /** Cells a full row has. */
  width: number;
  /** Unique, never blank. */
  columns: string[];
  /** Nobody need be asked which row is the header. */
  headerSure: boolean;
  warnings: string[];
}

/**
 * Finds the header among the first rows of a text, and names the columns.
 * @param chosen row number of the header as a person said it; null: there is none
 */
export function readTable(rows: NumberedRow[], chosen: number | null | undefined): Table {
  const { header, first, sure } = startOf(rows, chosen);
  const headerRows = header === null ? [] : rows.slice(header, first);
  const body = rows.slice(first);
  const width = headerRows[0]?.cells.length ?? usualWidth(body.map(({ cells }) => cells.length));
  const { columns, warnings } = columnNames(joined(headerRows, width), width);
  return {
    above: rows.slice(0, header ?? first),
    headerRows,
    body,
    width,
    columns,
    headerSure: sure,
    warnings,
  };
}

/** The header and first data row: found, or as the person chose. */
function startOf(rows: NumberedRow[], chosen: number | null | undefined): TableStart {
  if (chosen === undefined) return findHeader(rows);
  if (chosen === null) {
    const found = findHeader(rows);
    return { header: null, first: found.header ?? found.first, sure: true };
  }
  const header = rows.findIndex(({ row }) => row >= chosen);
  return header < 0
    ? { header: null, first: rows.length, sure: true }
    : { header, first: header + 1, sure: true };
}

/** The names of a header of several rows: what stands in each column, once. */
function joined(headerRows: NumberedRow[], width: number): string[] {
  return Array.from({ length: width }, (_, column) => {
    const parts = headerRows.map(({ cells }) => (cells[column] ?? '').trim()).filter((part) => part !== '');
    return [...new Set(parts)].join(' ');
  });
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
