import { lockImports } from '@/lib/server/datasets/change-dataset';
import type { Prisma, Transaction } from '@/lib/server/platform/db/client';
import { enqueue } from '@/lib/server/platform/queue/boss';
import { transition, unfinished } from '../transition';

/**
 * Takes imports out of everybody's sight. Those that run are cancelled, also in the very moment of being published,
 * which only a deletion may do: their attempt is fenced off and commits nothing any more. One job begins to remove
 * them and passes on from one to the next, so that a deletion of ten thousand is as quick as one of one.
 * @returns how many
 */
export async function markDeleted(tx: Transaction, which: Prisma.ImportWhereInput): Promise<number> {
  const now = new Date();
  const there = { AND: [which, { deletedAt: null }] } satisfies Prisma.ImportWhereInput;
  const found = await tx.import.findMany({ where: there, orderBy: { id: 'asc' }, select: { id: true } });
  const [first] = found;
  await lockImports(
    tx,
    found.map(({ id }) => id),
  );
  const running = { AND: [there, { status: { in: unfinished } }] };
  const stopped = await transition(tx, running, 'CANCELLED', { finishedAt: now, deletedAt: now });
  const ended = await tx.import.updateMany({ where: there, data: { deletedAt: now } });
  if (first) await enqueue(tx, 'purge', { importId: first.id });
  return stopped + ended.count;
}
