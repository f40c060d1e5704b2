import type { RoleName } from '../accounts/words';
import { findPerson } from './find-person';
import { keepingAnAdmin } from './keep-an-admin';

/** Makes somebody a member or an administrator, from their next request on. @throws AppError `conflict`, `not-found` */
export async function changeRole(id: string, role: RoleName): Promise<void> {
  const person = await findPerson(id);
  await keepingAnAdmin((tx) => tx.user.update({ where: { id: person.id }, data: { role } }));
}
