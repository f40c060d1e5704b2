import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { revokeAllTokens } from '../tokens/revoke-all-tokens';
import { findUser } from './find-user';
import { keepingAnAdmin } from './keep-an-admin';
import { lockUser } from './lock-user';

/**
 * Keeps somebody out: every session and every API token ends at once, for good, and none begins. Imports, datasets and
 * what is under way stay.
 * @throws AppError `conflict` for the last administrator, `not-found`
 */
export async function disableUser(id: string, by: User): Promise<void> {
  const person = await findUser(id);
  await keepingAnAdmin(async (tx) => {
    await lockUser(tx, person.id);
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await tx.session.deleteMany({ where: { userId: person.id } });
    await revokeAllTokens(tx, person.id, by);
    await recordEvent(tx, { kind: 'PERSON_DISABLED', by, on: person });
  });
}

/** Lets somebody in again. @throws AppError `not-found` */
export async function enableUser(id: string, by: User): Promise<void> {
  const person = await findUser(id);
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: null } });
    await recordEvent(tx, { kind: 'PERSON_ENABLED', by, on: person });
  });
}
