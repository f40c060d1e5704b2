import { db } from '../db/client';
import { findPerson } from './find-person';
import { keepingAnAdmin } from './keep-an-admin';

/**
 * Keeps somebody out: every session ends at once and none begins. Imports, datasets and what is under way stay.
 * @throws AppError `conflict` for the last administrator, `not-found`
 */
export async function disablePerson(id: string): Promise<void> {
  const person = await findPerson(id);
  await keepingAnAdmin(async (tx) => {
    await tx.user.update({ where: { id: person.id }, data: { disabledAt: new Date() } });
    await tx.session.deleteMany({ where: { userId: person.id } });
  });
}

/** Lets somebody in again. @throws AppError `not-found` */
export async function enablePerson(id: string): Promise<void> {
  const person = await findPerson(id);
  await db().user.update({ where: { id: person.id }, data: { disabledAt: null } });
}
