import { recordEvent } from '@/lib/server/audit/record-event';
import type { User } from '@/lib/server/platform/user';
import type { RoleName } from '@/lib/shared/schema/user/user-labels';
import { findUser } from './find-user';
import { keepingAnAdmin } from './keep-an-admin';

/** Makes somebody a member or an administrator, from their next request on. @throws AppError `conflict`, `not-found` */
export async function changeRole(id: string, role: RoleName, by: User): Promise<void> {
  const person = await findUser(id);
  await keepingAnAdmin(async (tx) => {
    await tx.user.update({ where: { id: person.id }, data: { role } });
    await recordEvent(tx, { kind: 'ROLE_CHANGED', by, on: person, facts: { role } });
  });
}
