import type { RoleName } from '../accounts/words';
import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { findPerson } from './find-person';
import { keepingAnAdmin } from './keep-an-admin';

/** Makes somebody a member or an administrator, from their next request on. @throws AppError `conflict`, `not-found` */
export async function changeRole(id: string, role: RoleName, by: User): Promise<void> {
  const person = await findPerson(id);
  await keepingAnAdmin(async (tx) => {
    await tx.user.update({ where: { id: person.id }, data: { role } });
    await recordEvent(tx, { kind: 'ROLE_CHANGED', by, on: person, facts: { role } });
  });
}
