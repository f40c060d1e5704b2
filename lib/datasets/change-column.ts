import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { refuseRules } from '../columns/refuse-rules';
import { saysNothing } from '../columns/rules';
import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { jsonValue } from '../db/json';
import { AppError } from '../errors';
import type { ColumnInput, DatasetView } from '../imports/contract';
import { findDataset } from './find-dataset';

/**
 * Changes what a column asks of its values and which other names files have for it, and writes down which of these.
 * Later imports follow it; rows that are there stay as they are.
 * @throws AppError `not-found`; `forbidden` unless the person manages the dataset; `bad-request` for rules that cannot be
 */
export async function changeColumn(
  slug: string,
  id: string,
  { synonyms, rules }: ColumnInput,
  user: User,
): Promise<DatasetView> {
  const dataset = await findDataset(slug, user, 'MANAGE');
  const column = z.uuid().safeParse(id).success ? dataset.columns.find((it) => it.id === id) : undefined;
  if (!column) throw new AppError('not-found', 'This dataset has no such column.');
  refuseRules({ ...column, rules });
  const wanted = { synonyms: [...new Set(synonyms)], rules: saysNothing(rules) ? null : rules };
  await db().$transaction(async (tx) => {
    // Of two changes at once, each is compared with what the one before left.
    await tx.$queryRaw`select 1 from "Column" where id = ${id}::uuid for update`;
    const before = await tx.column.findUnique({ where: { id } });
    if (!before) throw new AppError('not-found', 'This dataset has no such column.');
    const changed = (['rules', 'synonyms'] as const).filter(
      (what) => !isDeepStrictEqual(before[what] ?? null, wanted[what]),
    );
    if (changed.length === 0) return;
    await tx.column.update({
      where: { id },
      data: {
        synonyms: wanted.synonyms,
        rules: wanted.rules === null ? Prisma.DbNull : jsonValue(wanted.rules),
      },
    });
    const facts = { changed: changed.join(', ') };
    await recordEvent(tx, { kind: 'COLUMN_CHANGED', by: user, on: { id }, dataset, facts });
  });
  return findDataset(slug, user, 'MANAGE');
}
