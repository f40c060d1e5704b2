import { oneGroup } from '@/lib/shared/columns/infer/guards';
import { hasDateOrder, hasDecimalSign } from '@/lib/shared/columns/labels';
import type { ColumnType, DateOrder } from '@/lib/shared/schema/dataset/column';
import { type ColumnFormat, type ColumnRules, saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { DatasetColumnView, DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { ColumnMatch } from '@/lib/shared/schema/dataset/match';
import { isOwnColumn, isRejectionsFile } from '@/lib/shared/schema/file/own-columns';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';
import type { ImportDraft } from '@/lib/shared/schema/import/draft';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import type { ColumnTransform } from '@/lib/shared/schema/import/transform';

/** A column of the file as the person is changing it. */
export interface DraftColumn {
  index: number;
  included: boolean;
  name: string;
  type: ColumnType;
  dateOrder: DateOrder | null;
  decimalSign: '.' | ',' | null;
  /** The file allows two readings and nobody has chosen yet. */
  open: boolean;
  format: ColumnFormat;
  rules: ColumnRules;
  /** What is done to its values before they are checked. */
  transform?: ColumnTransform | null;
}

/** The draft that Sluice suggests. */
export function draftOf(columns: ProposedColumn[]): DraftColumn[] {
  const rejections = isRejectionsFile(columns);
  return columns.map((column) => ({
    index: column.index,
    included: !(rejections && isOwnColumn(column.name)),
    name: column.name,
    ...readingOf(column),
  }));
}

/** How Sluice proposes to read a column. */
export function readingOf({
  type,
  dateOrder,
  decimalSign,
  format,
  ambiguous,
}: ProposedColumn): Omit<DraftColumn, 'index' | 'included' | 'name' | 'transform'> {
  return { type, dateOrder, decimalSign, open: ambiguous, format: format ?? {}, rules: {} };
}

/** Their places in the file as it was read last, so that what did not change is the same object. */
const placed = new WeakMap<object, DraftColumn>();

/** A proposed draft with what the person changed, whatever places the columns have in the file by now. */
export function draftWith(
  proposed: DraftColumn[],
  columns: ProposedColumn[],
  changed: ImportDraft['columns'] = [],
): DraftColumn[] {
  const byHeader = new Map(changed.map((column) => [column.header, column]));
  return proposed.map((column, place) => {
    const kept = byHeader.get(columns[place]?.name ?? '');
    if (!kept) return column;
    const before = placed.get(kept);
    if (before?.index === column.index) return before;
    const { header: _header, ...choices } = kept;
    const now = { ...choices, index: column.index };
    placed.set(kept, now);
    return now;
  });
}

/** What the person changed, with this added. */
export function withChanged(
  changed: ImportDraft['columns'] = [],
  columns: { header: string; column: DraftColumn }[],
): NonNullable<ImportDraft['columns']> {
  const byHeader = new Map(changed.map((column) => [column.header, column]));
  for (const { header, column } of columns) {
    const { index: _index, ...choices } = column;
    byHeader.set(header, { header, ...choices });
  }
  return [...byHeader.values()];
}

/** The draft that Sluice suggests for an existing dataset. */
export function matchedDraft(
  draft: DraftColumn[],
  matches: (ColumnMatch | null)[] | undefined,
): DraftColumn[] {
  if (!matches) return draft;
  return draft.map((column, place) => {
    const match = matches[place];
    if (!match || !column.included) return column;
    if (match.column === null) return { ...column, included: false };
    return {
      ...column,
      name: match.column,
      dateOrder: match.dateOrder ?? column.dateOrder,
      decimalSign: match.decimalSign ?? column.decimalSign,
      format: match.format ?? column.format,
      transform: match.transform ?? null,
      open: column.open && match.dateOrder === null && match.decimalSign === null,
    };
  });
}

/**
 * True if values of a newly chosen type could be read in two ways and nothing says which: dates that are not
 * ISO 8601, numbers with a comma or with three digits behind a point.
 */
export function isQuestion(type: ColumnType, column: DraftColumn, samples: string[]): boolean {
  if (hasDateOrder(type))
    return column.dateOrder === null && samples.some((v) => !/^\d{4}-\d\d-\d\d/.test(v));
  if (hasDecimalSign(type))
    return column.decimalSign === null && samples.some((v) => v.includes(',') || oneGroup.test(v));
  return false;
}

/** The columns of datasets by name: 1,600 columns of a file are looked up among 1,600 with every key typed. */
const byName = new WeakMap<DatasetView, Map<string, DatasetColumnView>>();

/** A column of the dataset by a name, whatever its case: the file's column then goes there, in its type. */
export function columnNamed(dataset: DatasetView | null, name: string): DatasetColumnView | null {
  if (!dataset) return null;
  let columns = byName.get(dataset);
  if (!columns) {
    columns = new Map(dataset.columns.map((column) => [column.name.toLowerCase(), column]));
    byName.set(dataset, columns);
  }
  return columns.get(name.trim().toLowerCase()) ?? null;
}

/** The type that a draft column is stored as. */
export function typeOf(column: DraftColumn, dataset: DatasetView | null): ColumnType {
  return columnNamed(dataset, column.name)?.type ?? column.type;
}

export interface Problem {
  index: number | null;
  message: string;
}

/** What is to be settled before the import can start, in the order of the columns. */
export function problemsOf(columns: DraftColumn[], dataset: DatasetView | null): Problem[] {
  const included = columns.filter((column) => column.included);
  if (included.length === 0)
    return [{ index: null, message: 'All columns are left out: include at least one.' }];
  const problems: Problem[] = [];
  const seen = new Map<string, number>();
  for (const column of included) {
    const name = column.name.trim().toLowerCase();
    const type = typeOf(column, dataset);
    if (!name)
      problems.push({ index: column.index, message: `Name column ${column.index + 1}, or leave it out.` });
    else if (seen.has(name)) {
      const both = `Columns ${(seen.get(name) ?? 0) + 1} and ${column.index + 1} of the file`;
      problems.push({
        index: column.index,
        message: columnNamed(dataset, name)
          ? `${both} both go into “${column.name.trim()}”: choose another column for one, or leave it out.`
          : `${both} are both named “${column.name.trim()}”: rename one.`,
      });
    } else if (column.open && hasDateOrder(type)) {
      problems.push({
        index: column.index,
        message: `Choose how dates are written in “${column.name.trim()}”.`,
      });
    } else if (column.open && hasDecimalSign(type)) {
      problems.push({
        index: column.index,
        message: `Choose how numbers are written in “${column.name.trim()}”.`,
      });
    }
    if (column.type === 'CHOICE' && !column.rules.allowed && !columnNamed(dataset, name)) {
      problems.push({
        index: column.index,
        message: `List the allowed values of “${column.name.trim()}” under Rules.`,
      });
    }
    seen.set(name, column.index);
  }
  // With a key, a file may bring a part of the columns: the rest of a row stays as it is.
  const missing = dataset?.key.length === 0 ? dataset.columns : [];
  for (const { name, rules } of missing) {
    if (!rules?.required || rules.default !== undefined || seen.has(name.toLowerCase())) continue;
    problems.push({
      index: null,
      message: `“${name}” is required, and no column of the file goes into it: choose one for it.`,
    });
  }
  return problems;
}

/** The draft as the server takes it: the included columns. */
export function mappingOf(columns: DraftColumn[], dataset: DatasetView | null): MappedColumnInput[] {
  return columns
    .filter((column) => column.included)
    .map((column) => {
      const type = typeOf(column, dataset);
      return {
        index: column.index,
        name: column.name.trim(),
        type,
        dateOrder: hasDateOrder(type) ? column.dateOrder : null,
        decimalSign: hasDecimalSign(type) ? column.decimalSign : null,
        // Of a column that is there, nothing at all would mean: as it says itself.
        format: saysNothing(column.format) && !columnNamed(dataset, column.name) ? null : column.format,
        rules: columnNamed(dataset, column.name) || saysNothing(column.rules) ? null : column.rules,
        transform: column.transform ?? null,
      };
    });
}
