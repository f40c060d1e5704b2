import { recordEvent } from '@/lib/server/audit/record-event';
import type { Transaction } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import {
  type ColumnFormat,
  type ColumnRules,
  columnRules,
  columnSpelling,
  saysNothing,
} from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import { assertRulesFit } from '../columns/assert-rules';
import { refusePatterns } from '../validate/pattern';
import type { ResolvedDataset } from './resolve-dataset';

/**
 * Where the values of a mapped column go: its slot, and the dataset's own type and rules where the column was there
 * before; also how files spell its values, where the import does not say.
 */
export interface ColumnSlot extends Pick<MappedColumnInput, 'dateOrder' | 'decimalSign'> {
  slot: number;
  type: ColumnType;
  rules: ColumnRules | null;
  format: ColumnFormat | null;
}

/**
 * Gives each mapped column its slot: the one of the dataset's column of that name (whatever its case), which keeps its
 * type and its rules, or that of a column that is added. Who may import into a dataset may bring new columns, which are
 * empty in every row that is there; what a dataset asks of values binds everybody who imports into it, and is for those
 * who manage it.
 * @returns the slots, in the order of the columns
 * @throws AppError `bad-request` for a new column whose rules cannot be, `forbidden` for rules that are not theirs to choose
 */
export async function addColumns(
  tx: Transaction,
  dataset: ResolvedDataset,
  columns: MappedColumnInput[],
  user: User,
): Promise<ColumnSlot[]> {
  const { slots, added, nextSlot } = placeColumns(dataset, columns);
  if (added.length > 0) {
    const data = added.map(({ rules, ...column }) => ({
      datasetId: dataset.id,
      position: column.slot,
      ...column,
      rules: rules === null ? undefined : jsonValue(rules),
    }));
    await tx.column.createMany({ data });
    await tx.dataset.update({ where: { id: dataset.id }, data: { nextSlot } });
  }
  await recordAdded(tx, dataset, added, user);
  return slots;
}

/** A column that a file brings into a dataset. */
interface AddedColumn {
  slot: number;
  name: string;
  type: ColumnType;
  rules: ColumnRules | null;
}

/**
 * The slots that {@link addColumns} gives, and the columns that it adds, without adding them.
 * @throws AppError as it does
 */
export function placeColumns(
  dataset: Pick<ResolvedDataset, 'name' | 'columns' | 'nextSlot' | 'manages'>,
  columns: MappedColumnInput[],
): { slots: ColumnSlot[]; added: AddedColumn[]; nextSlot: number } {
  const known = new Map(dataset.columns.map((column) => [column.name.toLowerCase(), column]));
  const brought = columns.filter(({ name }) => !known.has(name.toLowerCase()));
  refusePatterns([
    ...dataset.columns.map((column) => ({ rules: rulesOf(column) })),
    ...brought.map(({ rules = null }) => ({ rules })),
  ]);
  let { nextSlot } = dataset;
  const added: AddedColumn[] = [];
  const slots = columns.map((column): ColumnSlot => {
    const there = known.get(column.name.toLowerCase());
    if (there)
      return { slot: there.slot, type: there.type, rules: rulesOf(there), ...spellingOf(there, column) };
    const slot = nextSlot++;
    const { name, type, format = null, dateOrder, decimalSign } = column;
    const rules = rulesOfNew(dataset, column);
    added.push({ slot, name, type, rules });
    return { slot, type, rules, format, dateOrder, decimalSign };
  });
  return { slots, added, nextSlot };
}

/** What a column of the dataset asks of its values. */
export const rulesOf = ({ rules }: { rules: unknown }) => columnRules.nullable().parse(rules);

function rulesOfNew(
  dataset: Pick<ResolvedDataset, 'name' | 'manages'>,
  { name, type, rules: wanted = null }: MappedColumnInput,
): ColumnRules | null {
  const rules = saysNothing(wanted) ? null : wanted;
  if (rules !== null && !dataset.manages) {
    throw new AppError(
      'forbidden',
      `“${name}” would be a new column of “${dataset.name}”, and only those who manage this dataset choose rules for its columns. Add it as text and without rules, or ask one of them.`,
    );
  }
  assertRulesFit({ name, type, rules });
  return rules;
}

/** How files spell a column that is there: what the import says itself counts first. */
function spellingOf(there: { format: unknown }, said: MappedColumnInput) {
  const { dateOrder = null, decimalSign = null, ...format } = columnSpelling.parse(there.format ?? {});
  return {
    format: said.format ?? (saysNothing(format) ? null : format),
    dateOrder: said.dateOrder === undefined ? dateOrder : said.dateOrder,
    decimalSign: said.decimalSign === undefined ? decimalSign : said.decimalSign,
  };
}

async function recordAdded(
  tx: Transaction,
  dataset: ResolvedDataset,
  added: AddedColumn[],
  user: User,
): Promise<void> {
  const isNew = dataset.columns.length === 0;
  if (added.length === 0 && !isNew) return;
  const ruled = added.filter(({ rules }) => rules !== null).length;
  const facts = { columns: added.length, ruled };
  const kind = isNew ? 'DATASET_MADE' : 'COLUMNS_ADDED';
  await recordEvent(tx, { kind, by: user, on: dataset, dataset, facts });
}
