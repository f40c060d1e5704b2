import { displayValue } from '@/lib/shared/columns/display-value';
import { compileReader } from '@/lib/shared/columns/validate/compile-reader';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { DatasetColumnView } from '@/lib/shared/schema/dataset/dataset';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { DraftColumn } from '../draft/draft';
import { madeOf } from '../transform/made-values';

/** A cell of the file's first rows, as its column reads it. */
export interface SampleCell {
  row: number;
  raw: string;
  /** As a person reads it; what does not fit stays as it is in the file. */
  shown: string;
  /** Why it does not fit; null where it does. */
  reason: string | null;
}

/** What becomes of a column's cells in the file's first rows. */
export interface ColumnSample {
  cells: SampleCell[];
  /** Whether values are checked: not while the column is left out, or two readings of it are possible. */
  isChecked: boolean;
  fit: number;
  misfits: number;
  /** Cells with something in them. */
  filled: number;
  distinct: number;
}

/** Longer cells are cut off in the sample, so that nothing can be said of them. */
const wholeCharacters = 299;

const read = new WeakMap<DraftColumn, { of: unknown[]; sample: ColumnSample }>();

/**
 * Reads a column's cells in the file's first rows as they will be read when it is imported.
 * @param there the dataset's column into which it goes
 * @param headers the columns of the file, of which it may be made
 */
export function readSample(
  rows: InspectionView['sample'],
  column: DraftColumn,
  there: DatasetColumnView | null,
  headers: { name: string }[] = [],
): ColumnSample {
  const known = read.get(column);
  if (known && known.of[0] === rows && known.of[1] === there) return known.sample;
  const sample = newSample(rows, column, there, headers);
  read.set(column, { of: [rows, there], sample });
  return sample;
}

function newSample(
  rows: InspectionView['sample'],
  column: DraftColumn,
  there: DatasetColumnView | null,
  headers: { name: string }[],
): ColumnSample {
  const made = column.transform ? madeOf(column, headers) : null;
  const type = there?.type ?? column.type;
  const isChecked = column.included && !column.open;
  const readCell = isChecked ? cellReader(column, type, (there ?? column).rules) : asItIs;
  const values = new Set<string>();
  let fit = 0;
  let misfits = 0;
  let filled = 0;
  const cells = rows.map(({ row, cells: all }) => {
    const given = made?.(all);
    const raw = given ? given.before.join(' | ') : (all[column.index] ?? '');
    const after = given ? given.after : raw;
    const { value, reason } = given?.reason ? { value: after, reason: given.reason } : readCell(after);
    if (reason !== null) misfits += 1;
    else if (value !== null) fit += 1;
    if (value !== null) {
      filled += 1;
      values.add(value);
    }
    const shown = !isChecked || reason !== null ? after : value === null ? '' : displayValue(type, value);
    return { row, raw, shown, reason };
  });
  return { cells, isChecked, fit, misfits, filled, distinct: values.size };
}

interface ReadCell {
  /** Null: there is nothing in it. */
  value: string | null;
  reason: string | null;
}

const asItIs = (raw: string): ReadCell => ({ value: raw.trim() === '' ? null : raw, reason: null });

function cellReader(
  { dateOrder, decimalSign, format }: DraftColumn,
  type: ColumnType,
  rules: ColumnRules | null,
): (raw: string) => ReadCell {
  const reader = compileReader({ type, dateOrder, decimalSign, format });
  const allowed = rules?.allowed && new Set(rules.allowed);
  const isRequired = rules?.required && rules.default === undefined;
  return (raw) => {
    if (raw.length > wholeCharacters) return { value: raw, reason: null };
    const value = reader(raw);
    if (value === null) return { value, reason: isRequired ? 'It is empty, and a value is required.' : null };
    if (typeof value !== 'string') return { value: raw, reason: value.reason };
    return { value, reason: allowed?.has(value) === false ? 'It is not one of the allowed values.' : null };
  };
}
