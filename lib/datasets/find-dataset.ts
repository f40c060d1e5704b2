import type { User } from '../auth/require-user';
import { db, type Prisma } from '../db/client';
import { AppError } from '../errors';
import type { DatasetView } from '../imports/contract';

const whole = {
  columns: { orderBy: { position: 'asc' } },
  imports: { where: { status: 'COMPLETED' }, select: { rowsInserted: true } },
} satisfies Prisma.DatasetInclude;

type WholeDataset = Prisma.DatasetGetPayload<{ include: typeof whole }>;

function datasetView({ id, slug, name, columns, imports, createdAt }: WholeDataset): DatasetView {
  return {
    id,
    slug,
    name,
    columns: columns.map((column) => ({
      id: column.id,
      name: column.name,
      type: column.type,
      slot: column.slot,
    })),
    rows: imports.reduce((sum, it) => sum + it.rowsInserted, 0),
    imports: imports.length,
    createdAt: createdAt.toISOString(),
  };
}

/**
 * A dataset by its slug.
 * @throws AppError `not-found`, also for other people's
 */
export async function findDataset(slug: string, user: User): Promise<DatasetView> {
  const found = await db().dataset.findUnique({ where: { slug }, include: whole });
  if (!found || (found.ownerId !== user.id && user.role !== 'ADMIN')) {
    throw new AppError('not-found', 'There is no such dataset.');
  }
  return datasetView(found);
}

/** The person's datasets that ever had rows, by name. */
export async function listDatasets(user: User): Promise<DatasetView[]> {
  const found = await db().dataset.findMany({
    where: {
      ...(user.role === 'ADMIN' ? {} : { ownerId: user.id }),
      imports: { some: { status: { in: ['COMPLETED', 'UNDONE'] } } },
    },
    orderBy: { name: 'asc' },
    include: whole,
  });
  return found.map(datasetView);
}
