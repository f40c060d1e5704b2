import { ownText } from '@/lib/server/platform/own-text';
import {
  type CompiledTransform,
  compileTransform,
  mostMade,
  sourcesOf,
  tooMuch,
} from '@/lib/shared/columns/transform/compile-transform';
import type { CellReader } from '@/lib/shared/columns/validate/compile-reader';
import type { Rejected } from '@/lib/shared/columns/validate/types';
import type { ImportOptions, MappedColumn, RejectionReason } from '@/lib/shared/schema/import/stored-import';
import { compileCell } from './compile-cell';

/** Value shown with a rejection; the raw cells are stored whole beside it. */
const shownCharacters = 200;

export interface RowCheck {
  /**
   * Checks one row and fills {@link values}.
   * @param cells raw text by position in the file
   * @returns null when the row is good, else every reason why it is not stored
   */
  check(cells: string[]): RejectionReason[] | null;
  /** Canonical text by slot, null for empty; filled anew by every check. */
  readonly values: (string | null)[];
}

/** Which rows that are not as wide as the table are whole. */
export interface RowOptions extends ImportOptions {
  /** Cells that a row has at least: fewer than columns where all rows lack the last ones. */
  fewest?: number;
  /** And at most; those behind the last column have to be empty. Absent: any number of them. */
  most?: number;
}

/** The least and the most cells of a whole row. */
export function widthsOf(
  width: number,
  { shortRows, fewest, most }: RowOptions,
): { fewest: number; most: number } {
  return {
    fewest: shortRows === 'pad' ? 0 : (fewest ?? width),
    most: most ?? Number.POSITIVE_INFINITY,
  };
}

/**
 * Compiles a mapping into a check of rows. The values array is one and the same for all rows, since an
 * array a row cost a tenth of the whole import.
 * @param width cells a full row has
 */
export function compileRowCheck(mapping: MappedColumn[], width: number, options: RowOptions): RowCheck {
  const slots = Math.max(...mapping.map((column) => column.slot)) + 1;
  const values: (string | null)[] = new Array(slots).fill(null);
  const columns = mapping.map((column) => ({
    index: column.index,
    slot: column.slot,
    name: column.name,
    transform: compileTransform(column),
    first: sourcesOf(column)[0] ?? -1,
    check: compileCell(column),
  }));
  const widths = widthsOf(width, options);
  return {
    values,
    check(cells) {
      const reasons = cells.length === width ? null : wrongWidth(cells, width, widths);
      if (reasons) return reasons;
      return checkCells(columns, cells, values);
    },
  };
}

interface CompiledColumn {
  index: number;
  slot: number;
  name: string;
  /** Null where the value is the cell. */
  transform: CompiledTransform | null;
  /** Position of the first cell that the value is made of; -1 for none. */
  first: number;
  check: CellReader;
}

function checkCells(
  columns: CompiledColumn[],
  cells: string[],
  values: (string | null)[],
): RejectionReason[] | null {
  let reasons: RejectionReason[] | null = null;
  let made = 0;
  for (const column of columns) {
    let given = column.transform === null ? (cells[column.index] ?? '') : column.transform(cells);
    if (column.transform !== null && typeof given === 'string') {
      made += given.length;
      if (made > mostMade) given = tooMuch;
    }
    const raw = typeof given === 'string' ? given : (cells[column.first] ?? '');
    const checked = typeof given === 'string' ? column.check(given) : given;
    if (checked === null || typeof checked === 'string') {
      values[column.slot] = checked;
    } else {
      reasons ??= [];
      reasons.push(reasonOf(column.name, raw, checked));
    }
  }
  return reasons === null ? null : fewReasons(reasons);
}

/**
 * Why a cell of a column makes its row a rejected one.
 * @param raw as it was checked: of a transformed column what was made of its cells
 */
export function reasonOf(column: string, raw: string, { code, reason, unseen }: Rejected): RejectionReason {
  const value = raw.slice(0, shownCharacters);
  return unseen ? { column, value, code, reason, unseen } : { column, value, code, reason };
}

/** Reasons that are kept of one row: 1,600 of them are half a megabyte, for a row of 3 KB. */
const mostReasons = 100;

/** The first reasons of a row, and how many there are beside them. */
export function fewReasons(reasons: RejectionReason[]): RejectionReason[] {
  if (reasons.length <= mostReasons) return reasons;
  const more = (reasons.length - mostReasons).toLocaleString('en');
  const reason = `${more} more of its cells are wrong. Look at the first ${mostReasons} first.`;
  return [...reasons.slice(0, mostReasons), { column: null, value: '', code: 'more-reasons', reason }];
}

/** Too few cells; or too many, where not all rows end with empty ones or these are not empty. */
export function wrongWidth(
  cells: string[],
  width: number,
  { fewest, most }: { fewest: number; most: number },
): RejectionReason[] | null {
  if (cells.length < width) {
    if (cells.length >= fewest) return null;
    return [
      {
        column: null,
        value: shownRow(cells),
        code: 'too-few-cells',
        reason: `It has ${cells.length} of ${width} cells. Complete the row or have short rows filled up.`,
      },
    ];
  }
  if (cells.length <= most && cells.slice(width).every((cell) => cell === '')) return null;
  return [
    {
      column: null,
      value: shownRow(cells),
      code: 'too-many-cells',
      reason: `It has ${cells.length} cells, but the table has ${width} columns. Look for a stray delimiter.`,
    },
  ];
}

function shownRow(cells: string[]): string {
  return ownText(cells.join(' | ').slice(0, shownCharacters));
}
