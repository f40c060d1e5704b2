import { isDeepStrictEqual } from 'node:util';
import type { ColumnInput } from '@/lib/shared/schema/dataset/column';
import { columnRules, columnSpelling, saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { recordEvent } from '../audit/record-event';
import { db, type Transaction } from '../platform/db/client';
import { type Column, Prisma } from '../platform/db/generated/client';
import { jsonValue } from '../platform/db/json';
import { AppError } from '../platform/errors';
import type { User } from '../platform/user';
import { assertRulesFit } from './columns/assert-rules';
import { findDataset } from './find-dataset';
import { wantLastingIndexes } from './indexes/want-indexes';
import { refusePatterns } from './validate/pattern';

/**
 * Changes a column: its name and place, what it asks of its values, which other names files have for it and how they
 * spell its values, and whether its index stays. Writes down which of these. Later imports follow it; rows that are there
 * stay as they are. A new name keeps the old one as a synonym, so that files that had it still find their way.
 * @throws AppError `not-found`; `forbidden` unless the person manages the dataset; `bad-request` for rules that cannot
 *   be; `conflict` for a name that another column has
 */
export async function changeColumn(
  slug: string,
  id: string,
  input: ColumnInput,
  user: User,
): Promise<DatasetView> {
  const dataset = await findDataset(slug, user, 'MANAGE');
  await db().$transaction(async (tx) => {
    // Of two changes at once, each is compared with what the one before left. The imports that add columns wait too.
    await tx.$queryRaw`select 1 from "Dataset" where id = ${dataset.id}::uuid for update`;
    const columns = await tx.column.findMany({
      where: { datasetId: dataset.id },
      orderBy: { position: 'asc' },
    });
    const before = columns.find((column) => column.id === id);
    if (!before) throw new AppError('not-found', 'This dataset has no such column.');
    const wanted = wantedOf(input, before, columns);
    const changed = (['name', 'rules', 'format', 'synonyms', 'indexed'] as const).filter(
      (what) => !isDeepStrictEqual(before[what] ?? null, wanted[what]),
    );
    if (changed.length > 0) {
      await tx.column.update({
        where: { id },
        data: { ...wanted, rules: orNull(wanted.rules), format: orNull(wanted.format) },
      });
    }
    const moved = await move(tx, columns, before, input.position);
    if (changed.length === 0 && !moved) return;
    const facts = { changed: [...changed, ...(moved ? ['place'] : [])].join(', ') };
    await recordEvent(tx, { kind: 'COLUMN_CHANGED', by: user, on: { id }, dataset, facts });
  });
  if (input.indexed) await wantLastingIndexes(dataset.id);
  return findDataset(slug, user, 'MANAGE');
}

const orNull = <T>(value: T | null) => (value === null ? Prisma.DbNull : jsonValue(value));

function wantedOf(input: ColumnInput, before: Column, columns: Column[]) {
  const { name = before.name } = input;
  const taken = columns.find(
    ({ id, name: other }) => id !== before.id && other.toLowerCase() === name.toLowerCase(),
  );
  if (taken) {
    throw new AppError('conflict', `The dataset has a column “${taken.name}” already. Choose another name.`);
  }
  const rules = input.rules === undefined ? columnRules.nullable().parse(before.rules) : input.rules;
  const format = input.format === undefined ? columnSpelling.nullable().parse(before.format) : input.format;
  assertRulesFit({ name, type: before.type, rules });
  refusePatterns(
    columns.map((other) => ({
      rules: other.id === before.id ? rules : columnRules.nullable().parse(other.rules),
    })),
  );
  const earlier = name.toLowerCase() === before.name.toLowerCase() ? [] : [before.name];
  return {
    name,
    synonyms: [...new Set([...(input.synonyms ?? before.synonyms), ...earlier])],
    rules: saysNothing(rules) ? null : rules,
    format: saysNothing(format) ? null : format,
    indexed: input.indexed ?? before.indexed,
  };
}

/** Puts a column at a place among the others. @returns whether it was at another */
async function move(
  tx: Transaction,
  columns: Column[],
  column: Column,
  to = columns.indexOf(column),
): Promise<boolean> {
  if (to === columns.indexOf(column)) return false;
  const ids = columns.filter((other) => other !== column).map(({ id }) => id);
  ids.splice(to, 0, column.id);
  await tx.$executeRaw`
    update "Column" set position = place.position - 1
    from unnest(${ids}::uuid[]) with ordinality as place(id, position)
    where "Column".id = place.id`;
  return true;
}
