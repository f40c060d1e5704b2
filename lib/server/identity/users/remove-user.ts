import { recordEvent } from '@/lib/server/audit/record-event';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { endAccount } from './end-account';
import { findUser } from './find-user';
import { keepingAnAdmin } from './keep-an-admin';
import { removedAddress } from './removed-address';

/**
 * Takes an account away for good: sessions, tokens, password, provider, address and rights. Its datasets become the
 * administrator's who does it; its imports stay, with the person's name, since their receipts say who made them.
 * @throws AppError `conflict` for the last administrator and for oneself, `not-found`
 */
export async function removeUser(id: string, by: User): Promise<void> {
  const person = await findUser(id);
  if (person.id === by.id)
    throw new AppError('conflict', 'Nobody can remove themselves: ask another administrator.');
  await keepingAnAdmin(async (tx) => {
    const userId = person.id;
    await endAccount(tx, userId);
    // The one that they came by holds the address.
    await tx.invitation.deleteMany({ where: { email: person.email } });
    await tx.dataset.updateMany({ where: { ownerId: userId }, data: { ownerId: by.id } });
    // The new owner needs no right beside that.
    await tx.datasetShare.deleteMany({ where: { userId: by.id, dataset: { ownerId: by.id } } });
    const now = new Date();
    const email = removedAddress(userId);
    await tx.user.update({
      where: { id: userId },
      data: { email, emailVerified: false, image: null, role: 'MEMBER', disabledAt: now, removedAt: now },
    });
    await recordEvent(tx, { kind: 'PERSON_REMOVED', by, on: person });
  });
}
