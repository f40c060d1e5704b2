import { z } from 'zod';
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
 * Changes what a column asks of its values and which other names files have for it. Later imports follow it; rows that
 * are there stay as they are.
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
  await db().column.update({
    where: { id },
    data: {
      synonyms: [...new Set(synonyms)],
      rules: rules === null || saysNothing(rules) ? Prisma.DbNull : jsonValue(rules),
    },
  });
  return findDataset(slug, user, 'MANAGE');
}
