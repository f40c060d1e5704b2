import { z } from 'zod';
import type { RightName } from '@/lib/shared/schema/user/user-labels';
import type { ShareView } from '@/lib/shared/schema/user/users';
import { recordEvent } from '../audit/record-event';
import { db } from '../platform/db/client';
import { AppError } from '../platform/errors';
import type { User } from '../platform/user';
import { findDataset } from './find-dataset';

const person = { id: true, name: true, email: true } as const;

/** Who else may use a dataset, by name. @throws AppError `not-found`; `forbidden` unless the person manages it */
export async function listShares(slug: string, user: User): Promise<ShareView[]> {
  const { id } = await findDataset(slug, user, 'MANAGE');
  const found = await db().datasetShare.findMany({
    where: { datasetId: id },
    orderBy: { user: { name: 'asc' } },
    select: { right: true, user: { select: person } },
  });
  return found;
}

/**
 * Gives somebody a right to a dataset, or another one than before. People are named by their whole address, so that
 * nobody can leaf through them.
 * @throws AppError `not-found` when nobody has the address, `conflict` for the owner
 */
export async function shareDataset(
  slug: string,
  { email, right }: { email: string; right: RightName },
  user: User,
): Promise<ShareView[]> {
  const dataset = await findDataset(slug, user, 'MANAGE');
  const found = await db().user.findFirst({ where: { email, removedAt: null }, select: person });
  if (!found) {
    throw new AppError(
      'bad-request',
      `Nobody here has the address ${email}. Ask an administrator to invite them.`,
    );
  }
  if (found.id === dataset.owner.id) {
    throw new AppError(
      'conflict',
      `${found.name} is the owner of “${dataset.name}” and may do everything with it.`,
    );
  }
  const key = { datasetId: dataset.id, userId: found.id };
  await db().$transaction(async (tx) => {
    await tx.datasetShare.upsert({
      where: { datasetId_userId: key },
      create: { ...key, right },
      update: { right },
    });
    const on = { id: found.id, name: found.name };
    await recordEvent(tx, { kind: 'DATASET_SHARED', by: user, on, dataset, facts: { right } });
  });
  return listShares(slug, user);
}

/** Takes somebody's right to a dataset back, from their next request on. @throws AppError `not-found` */
export async function unshareDataset(slug: string, userId: string, user: User): Promise<void> {
  const dataset = await findDataset(slug, user, 'MANAGE');
  const none = new AppError('not-found', 'This person has no right to this dataset.');
  if (!z.uuid().safeParse(userId).success) throw none;
  await db().$transaction(async (tx) => {
    const { count } = await tx.datasetShare.deleteMany({ where: { datasetId: dataset.id, userId } });
    if (count === 0) throw none;
    const on = await tx.user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } });
    await recordEvent(tx, { kind: 'DATASET_UNSHARED', by: user, on, dataset });
  });
}
