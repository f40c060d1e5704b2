import { z } from 'zod';
import { columnRules, columnSpelling } from '@/lib/shared/schema/dataset/column-rules';
import type { DatasetPage, DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { type RightName, rights } from '@/lib/shared/schema/user/user-labels';
import { afterName, byName, byNameQuery, containing, escapeLike, nextName } from '../platform/db/by-name';
import { db, type Prisma } from '../platform/db/client';
import { AppError } from '../platform/errors';
import type { User } from '../platform/user';
import { keyOf } from './key';
import { datasetsWith, includes, rightTo } from './rights';
import { isSlug } from './slug';

const whole = (user: User) =>
  ({
    columns: { orderBy: { position: 'asc' } },
    _count: { select: { imports: { where: { status: { in: ['COMPLETED', 'UNDONE'] }, deletedAt: null } } } },
    owner: { select: { id: true, name: true } },
    shares: { where: { userId: user.id }, select: { userId: true, right: true } },
  }) satisfies Prisma.DatasetInclude;

type WholeDataset = Prisma.DatasetGetPayload<{ include: ReturnType<typeof whole> }>;

function datasetView(dataset: WholeDataset, user: User): DatasetView {
  const { id, slug, name, columns, owner, createdAt } = dataset;
  return {
    owner,
    right: rightTo(dataset, user) ?? 'VIEW',
    id,
    slug,
    name,
    columns: columns.map((column) => ({
      id: column.id,
      name: column.name,
      type: column.type,
      slot: column.slot,
      rules: columnRules.nullable().parse(column.rules),
      format: columnSpelling.nullable().parse(column.format),
      synonyms: column.synonyms,
      indexed: column.indexed,
    })),
    key: keyOf(columns).map((column) => column.name),
    rows: dataset.rows,
    imports: dataset._count.imports,
    createdAt: createdAt.toISOString(),
  };
}

/**
 * A dataset by its slug.
 * @param right what the person is about to do with it
 * @throws AppError `not-found`, also for one that the person may not see; `forbidden` for one that may only be seen
 */
export async function findDataset(slug: string, user: User, right: RightName = 'VIEW'): Promise<DatasetView> {
  const found = isSlug(slug)
    ? await db().dataset.findFirst({
        where: { slug, ...datasetsWith('VIEW', user) },
        include: whole(user),
      })
    : null;
  if (!found) throw new AppError('not-found', 'There is no such dataset.');
  const view = datasetView(found, user);
  if (!includes(view.right, right)) {
    throw new AppError('forbidden', `Only those who manage “${view.name}” can do this.`);
  }
  return view;
}

/** The ids of the datasets that the person may import into, and that ever had rows. */
export async function importableIds(user: User): Promise<string[]> {
  const where = { AND: [datasetsWith('IMPORT', user), hadRows] };
  return (await db().dataset.findMany({ where, select: { id: true } })).map(({ id }) => id);
}

/** Datasets by their ids, as the person may see them. */
export async function viewDatasets(ids: string[], user: User): Promise<DatasetView[]> {
  const where = { AND: [datasetsWith('IMPORT', user), { id: { in: ids } }] };
  const found = await db().dataset.findMany({ where, include: whole(user) });
  return found.map((dataset) => datasetView(dataset, user));
}

const hadRows: Prisma.DatasetWhereInput = {
  imports: { some: { status: { in: ['COMPLETED', 'UNDONE'] } } },
};

const isUuid = (text: string) => z.uuid().safeParse(text).success;

export const listDatasetsQuery = byNameQuery.extend({
  named: z
    .string()
    .trim()
    .max(200)
    .optional()
    .describe('Its name, whatever the case, its slug or its id, as a whole.'),
  right: z.enum(rights).default('VIEW').describe('What the person may do with it at least.'),
});

/** The datasets that the person may see and that ever had rows, by name. @returns one page, and how to go on */
export async function listDatasets(
  { q, named, right, after, limit }: z.infer<typeof listDatasetsQuery>,
  user: User,
): Promise<DatasetPage> {
  const found = await db().dataset.findMany({
    where: {
      AND: [
        datasetsWith(right, user),
        hadRows,
        q ? { name: containing(q) } : {},
        named
          ? {
              OR: [
                { name: { equals: escapeLike(named), mode: 'insensitive' } },
                { slug: named },
                ...(isUuid(named) ? [{ id: named }] : []),
              ],
            }
          : {},
        afterName(after),
      ],
    },
    orderBy: byName,
    take: limit,
    include: whole(user),
  });
  return { datasets: found.map((dataset) => datasetView(dataset, user)), next: nextName(found, limit) };
}
