import type { User } from '../auth/require-user';
import { db } from '../db/client';

/** Changes what a person is called, on receipts too. */
export async function renamePerson(name: string, user: User): Promise<void> {
  await db().user.update({ where: { id: user.id }, data: { name } });
}
