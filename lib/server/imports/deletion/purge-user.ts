import { erasedName } from '@/lib/server/audit/erase-user';
import { recordEvent } from '@/lib/server/audit/record-event';
import { lockImports } from '@/lib/server/datasets/change-dataset';
import { endAccount } from '@/lib/server/identity/users/end-account';
import { findUserOrRemoved } from '@/lib/server/identity/users/find-user';
import { keepingAnAdmin } from '@/lib/server/identity/users/keep-an-admin';
import { removedAddress } from '@/lib/server/identity/users/removed-address';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { undoImport } from '../undo/undo-import';
import { belongingTo, publishedElsewhere } from './belongings';
import { closeDataset } from './delete-dataset';
import { markDeleted } from './mark-deleted';

/**
 * Deletes somebody for good with all that is theirs: the account, their datasets with everybody's imports into them,
 * and their own imports, whose rows leave the datasets of others. Nobody sees any of it from then on; jobs remove rows
 * and files, and the person last. The audit log keeps what was done, but
 * neither the name nor where they came from.
 * Somebody whose account was removed before can be deleted too: the name and the imports are still there.
 * @param email has to be what the list of people says of the person, so that nobody is deleted by a slip
 * @throws AppError `bad-request` for another address; `conflict` for the last administrator, oneself, or an import
 *   that cannot be undone; `not-found`
 */
export async function purgeUser(id: string, email: string, by: User): Promise<void> {
  const person = await findUserOrRemoved(id);
  const { id: userId, name } = person;
  if (userId === by.id)
    throw new AppError('conflict', 'Nobody can delete themselves: ask another administrator.');
  if (email !== person.email)
    throw new AppError('bad-request', `This is not the address of ${name}. Nothing was deleted.`);
  // As an undo, so that values they replaced come back. What others wrote over theirs since then stays.
  const inUse = await db().import.findMany({
    where: publishedElsewhere(userId),
    orderBy: { id: 'desc' },
    select: { publicId: true },
  });
  for (const { publicId } of inUse) await undoImport(publicId, by, { extent: 'ALONE' });
  await keepingAnAdmin(async (tx) => {
    await endAccount(tx, userId);
    await tx.idempotentResponse.deleteMany({ where: { userId } });
    await tx.invitation.deleteMany({ where: { OR: [{ invitedById: userId }, { email }] } });
    await forgetInvitation(tx, userId);
    const elsewhere = { userId, deletedAt: null, dataset: { ownerId: { not: userId } } };
    const locked = await tx.import.findMany({ where: elsewhere, select: { id: true } });
    await lockImports(
      tx,
      locked.map(({ id }) => id),
    );
    // From here on nobody publishes or redoes any of them.
    if ((await tx.import.count({ where: publishedElsewhere(userId) })) > 0)
      throw new AppError('conflict', `An import of ${name} completed just now. Try again.`);
    const datasets = await tx.dataset.findMany({ where: { ownerId: userId, deletedAt: null } });
    for (const dataset of datasets) await closeDataset(tx, dataset, by);
    await markDeleted(tx, belongingTo(userId));
    const now = new Date();
    await tx.user.update({
      where: { id: userId },
      data: {
        email: removedAddress(userId),
        name: erasedName,
        emailVerified: false,
        image: null,
        role: 'MEMBER',
        disabledAt: now,
        removedAt: now,
        purgedAt: now,
      },
    });
    await recordEvent(tx, { kind: 'PERSON_PURGED', by, on: { id: userId } });
  });
}

/** The invitation that somebody came by holds the address, which a removed account does not know any more. */
async function forgetInvitation(tx: Transaction, userId: string): Promise<void> {
  const came = await tx.auditEvent.findMany({
    where: { kind: 'INVITATION_ACCEPTED', actorId: userId },
    select: { subjectId: true },
  });
  await tx.invitation.deleteMany({ where: { id: { in: came.flatMap(({ subjectId }) => subjectId ?? []) } } });
}
