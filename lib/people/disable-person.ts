import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import { revokeAllTokens } from '../tokens/revoke-all-tokens';
import { findPerson } from './find-person';
import { keepingAnAdmin } from './keep-an-admin';

/**
 * Keeps somebody out: every session and every API token ends at once, for good, and none begins. Imports, datasets and
 * what is under way stay.
 * @throws AppError `conflict` for the last administrator, `not-found`
 */
export async function disablePerson(id: string, by: User): Promise<void> {
  const person = await findPerson(id);
  await keepingAnAdmin(async (tx) => {
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await tx.session.deleteMany({ where: { userId: person.id } });
    await revokeAllTokens(tx, person.id, by);
    await recordEvent(tx, { kind: 'PERSON_DISABLED', by, on: person });
  });
}

/** Lets somebody in again. @throws AppError `not-found` */
export async function enablePerson(id: string, by: User): Promise<void> {
  const person = await findPerson(id);
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: null } });
    await recordEvent(tx, { kind: 'PERSON_ENABLED', by, on: person });
  });
}
