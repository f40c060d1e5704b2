import {
  type ColumnFormat,
  type ColumnRules,
  columnRules,
  columnSpelling,
  saysNothing,
} from '@/lib/shared/schema/column-rules';
import type { ColumnType, MappedColumnInput } from '@/lib/shared/schema/imports';
import { recordEvent } from '../audit/record-event';
import type { Prisma, Transaction } from '../platform/db/client';
import { jsonValue } from '../platform/db/json';
import { lockNamed } from '../platform/db/named-lock';
import { AppError } from '../platform/errors';
import type { User } from '../platform/user';
import { assertRulesFit } from './columns/assert-rules';
import { keyOf } from './key';
import { datasetsWith, includes, rightTo } from './rights';
import { freeSlug } from './slug';
import { refusePatterns } from './validate/pattern';

export interface ChosenDataset {
  id: string;
  /** The names of its key columns. */
  key: string[];
  /**
   * For each mapped column, in order: its slot, and the dataset's own type and rules where the column was there before;
   * also how files spell its values, where the import does not say.
   */
  slots: (Pick<MappedColumnInput, 'dateOrder' | 'decimalSign'> & {
    slot: number;
    type: ColumnType;
    rules: ColumnRules | null;
    format: ColumnFormat | null;
  })[];
}

/**
 * Finds or makes the dataset of an import, and gives each mapped column its slot: the one of the column of
 * that name (whatever its case), or a new one. A column that is there keeps its type and its rules. Who may import into
 * a dataset may bring new columns, which are empty in every row that is there; what a dataset asks of values, and its
 * key, bind everybody who imports into it, and are for those who manage it.
 * @param wantedKey names of the columns that are to make its key, if it has no rows yet
 * @param ownerId whose a new dataset is: the import's person, also when an administrator starts it
 * @throws AppError `not-found` for a dataset that this person may not import into, `bad-request` for a new column whose
 *   rules cannot be, `forbidden` for rules and a key that are not theirs to choose
 */
export async function chooseDataset(
  tx: Transaction,
  choice: { id: string } | { name: string },
  columns: MappedColumnInput[],
  wantedKey: string[] | undefined,
  ownerId: string,
  user: User,
): Promise<ChosenDataset> {
  const id = 'id' in choice ? choice.id : await makeDataset(tx, choice.name, ownerId);
  // Two imports into one dataset must not hand out the same slot.
  await tx.$queryRaw`select 1 from "Dataset" where id = ${id}::uuid for update`;
  const dataset = await tx.dataset.findFirst({
    where: { id, deletedAt: null, ...('id' in choice ? datasetsWith('IMPORT', user) : {}) },
    include: { columns: true, shares: { where: { userId: user.id } } },
  });
  if (!dataset) throw new AppError('not-found', 'There is no such dataset that you may import into.');
  const manages = !('id' in choice) || includes(rightTo(dataset, user) ?? 'VIEW', 'MANAGE');
  const known = new Map(dataset.columns.map((column) => [column.name.toLowerCase(), column]));
  refusePatterns([
    ...dataset.columns.map((column) => ({ rules: rulesOf(column) })),
    ...newOnes(columns, known),
  ]);
  let nextSlot = dataset.nextSlot;
  const added: Prisma.ColumnCreateManyInput[] = [];
  const slots: ChosenDataset['slots'] = columns.map((column) => {
    const { name, type, rules: wanted = null, format = null, dateOrder, decimalSign } = column;
    const rules = saysNothing(wanted) ? null : wanted;
    const there = known.get(name.toLowerCase());
    if (there)
      return { slot: there.slot, type: there.type, rules: rulesOf(there), ...spellingOf(there, column) };
    if (rules !== null && !manages) {
      throw new AppError(
        'forbidden',
        `“${name}” would be a new column of “${dataset.name}”, and only those who manage this dataset choose rules for its columns. Add it as text and without rules, or ask one of them.`,
      );
    }
    assertRulesFit({ name, type, rules });
    const slot = nextSlot++;
    added.push({
      datasetId: id,
      slot,
      position: slot,
      name,
      type,
      rules: rules === null ? undefined : jsonValue(rules),
    });
    return { slot, type, rules, format, dateOrder, decimalSign };
  });
  if (added.length > 0) {
    await tx.column.createMany({ data: added });
    await tx.dataset.update({ where: { id }, data: { nextSlot } });
  }
  const isNew = dataset.columns.length === 0;
  if (added.length > 0 || isNew) {
    const ruled = added.filter((column) => column.rules !== undefined).length;
    await recordEvent(tx, {
      kind: isNew ? 'DATASET_MADE' : 'COLUMNS_ADDED',
      by: user,
      on: dataset,
      dataset,
      facts: { columns: added.length, ruled },
    });
  }
  const key = await chooseKey(tx, dataset, wantedKey, manages, user);
  assertKeyMatched(key, columns);
  // A file for a dataset with a key may hold a part of the columns: the rest of a row stays as it is.
  if (key.length === 0) assertRequiredMatched(dataset.columns, columns);
  return { id, slots, key };
}

/**
 * The dataset's key, or makes it one while it has no rows: those that are there would have to be looked through for
 * keys that are empty or twice.
 * @throws AppError `conflict` for another key than it has, or one that comes too late; `forbidden`
 */
async function chooseKey(
  tx: Transaction,
  dataset: { id: string; name: string; columns: { name: string; keyPart: number | null }[] },
  wanted: string[] | undefined,
  manages: boolean,
  user: User,
): Promise<string[]> {
  const key = keyOf(dataset.columns).map(({ name }) => name);
  if (!wanted || wanted.length === 0 || sameNames(wanted, key)) return key;
  if (key.length > 0) {
    throw new AppError('conflict', `The key of “${dataset.name}” is ${listed(key)}, and stays so.`);
  }
  if (!manages) {
    throw new AppError(
      'forbidden',
      `“${dataset.name}” has no key, and only those who manage it choose one. Import without a key, or ask one of them.`,
    );
  }
  const others = await tx.import.count({
    where: { datasetId: dataset.id, status: { notIn: ['FAILED', 'CANCELLED'] } },
  });
  if (others > 0) {
    throw new AppError(
      'conflict',
      `“${dataset.name}” has rows already, and no key. A key is chosen with the first import: download its rows, and import them into a new dataset with that key.`,
    );
  }
  const columns = await tx.column.findMany({ where: { datasetId: dataset.id } });
  for (const [i, name] of wanted.entries()) {
    const column = columns.find((it) => it.name.toLowerCase() === name.toLowerCase());
    if (!column)
      throw new AppError('bad-request', `There is no column “${name}” that could be a key column.`);
    await tx.column.update({ where: { id: column.id }, data: { keyPart: i + 1 } });
  }
  const facts = { keyColumns: wanted.length };
  await recordEvent(tx, { kind: 'KEY_CHOSEN', by: user, on: dataset, dataset, facts });
  return wanted;
}

const sameNames = (a: string[], b: string[]) =>
  a.length === b.length && a.every((name, i) => name.toLowerCase() === b[i]?.toLowerCase());

const listed = (names: string[]) => names.map((name) => `“${name}”`).join(' and ');

/** Rows without a key could not be told apart. */
function assertKeyMatched(key: string[], columns: MappedColumnInput[]): void {
  const matched = new Set(columns.map(({ name }) => name.toLowerCase()));
  const missing = key.filter((name) => !matched.has(name.toLowerCase()));
  if (missing.length > 0) {
    throw new AppError(
      'bad-request',
      `The key of this dataset is ${listed(key)}: match a column of the file with ${listed(missing)}.`,
    );
  }
}

/**
 * A dataset of this name of this person that never got any rows is used again: its import failed or was cancelled. Not
 * one whose imports were deleted: it may be shared, and its columns and rules are somebody's.
 */
async function makeDataset(tx: Transaction, name: string, ownerId: string): Promise<string> {
  // One at a time, of this name and person: two imports at once must not take the same unused dataset. Nobody else waits.
  await lockNamed(tx, `dataset ${ownerId} ${name}`);
  const unused = await tx.dataset.findFirst({
    where: {
      name,
      ownerId,
      deletedAt: null,
      revision: 0,
      imports: { every: { status: { in: ['FAILED', 'CANCELLED'] } } },
    },
  });
  if (unused) {
    await tx.column.deleteMany({ where: { datasetId: unused.id } });
    await tx.import.updateMany({ where: { datasetId: unused.id }, data: { datasetId: null } });
    return unused.id;
  }
  for (;;) {
    const [made] = await tx.dataset.createManyAndReturn({
      data: { name, slug: await freeSlug(tx, name), ownerId },
      // Somebody else took the slug in this moment: the next free one.
      skipDuplicates: true,
      select: { id: true },
    });
    if (made) return made.id;
  }
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

/** What the file brings beside the columns that are there. */
const newOnes = (columns: MappedColumnInput[], known: Map<string, unknown>) =>
  columns.filter(({ name }) => !known.has(name.toLowerCase())).map(({ rules = null }) => ({ rules }));

const rulesOf = ({ rules }: { rules: unknown }) => columnRules.nullable().parse(rules);

/** @throws AppError `bad-request` for a required column that no column of the file goes into */
function assertRequiredMatched(there: { name: string; rules: unknown }[], columns: { name: string }[]): void {
  const names = new Set(columns.map(({ name }) => name.toLowerCase()));
  const missing = there.find((column) => {
    const rules = rulesOf(column);
    return rules?.required && rules.default === undefined && !names.has(column.name.toLowerCase());
  });
  if (missing) {
    throw new AppError(
      'bad-request',
      `“${missing.name}” is required, and no column of the file goes into it: choose one for it.`,
    );
  }
}
