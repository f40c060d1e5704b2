import type { User } from '../auth/require-user';
import type { Transaction } from '../db/client';
import { AppError } from '../errors';
import type { ColumnType, MappedColumnInput } from '../imports/contract';
import { datasetsWith } from './rights';
import { freeSlug } from './slug';

export interface ChosenDataset {
  id: string;
  /** For each mapped column, in order: its slot, and the dataset's own type where the column was there before. */
  slots: { slot: number; type: ColumnType }[];
}

/**
 * Finds or makes the dataset of an import, and gives each mapped column its slot: the one of the column of
 * that name (whatever its case), or a new one. A column that is there keeps its type.
 * @param ownerId whose a new dataset is: the import's person, also when an administrator starts it
 * @throws AppError `not-found` for a dataset that this person may not import into
 */
export async function chooseDataset(
  tx: Transaction,
  choice: { id: string } | { name: string },
  columns: MappedColumnInput[],
  ownerId: string,
  user: User,
): Promise<ChosenDataset> {
  const id = 'id' in choice ? choice.id : await makeDataset(tx, choice.name, ownerId);
  // Two imports into one dataset must not hand out the same slot.
  await tx.$queryRaw`select 1 from "Dataset" where id = ${id}::uuid for update`;
  const dataset = await tx.dataset.findFirst({
    where: { id, ...('id' in choice ? datasetsWith('IMPORT', user) : {}) },
    include: { columns: true },
  });
  if (!dataset) throw new AppError('not-found', 'There is no such dataset that you may import into.');
  const known = new Map(dataset.columns.map((column) => [column.name.toLowerCase(), column]));
  let nextSlot = dataset.nextSlot;
  const added: { datasetId: string; slot: number; position: number; name: string; type: ColumnType }[] = [];
  const slots = columns.map(({ name, type }) => {
    const there = known.get(name.toLowerCase());
    if (there) return { slot: there.slot, type: there.type };
    const slot = nextSlot++;
    added.push({ datasetId: id, slot, position: slot, name, type });
    return { slot, type };
  });
  if (added.length > 0) {
    await tx.column.createMany({ data: added });
    await tx.dataset.update({ where: { id }, data: { nextSlot } });
  }
  return { id, slots };
}

/** A dataset of this name of this person that never got any rows is used again: its import failed or was cancelled. */
async function makeDataset(tx: Transaction, name: string, ownerId: string): Promise<string> {
  // One at a time: two imports that make the same name at once must neither get the same slug nor the same columns.
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('sluice dataset'))`;
  const unused = await tx.dataset.findFirst({
    where: {
      name,
      ownerId,
      imports: { every: { status: { in: ['FAILED', 'CANCELLED'] } } },
    },
  });
  if (unused) {
    await tx.column.deleteMany({ where: { datasetId: unused.id } });
    await tx.import.updateMany({ where: { datasetId: unused.id }, data: { datasetId: null } });
    return unused.id;
  }
  const { id } = await tx.dataset.create({
    data: { name, slug: await freeSlug(tx, name), ownerId },
  });
  return id;
}
