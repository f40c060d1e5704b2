import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { db } from '../db/client';

/** Changes what a person is called, on receipts too. */
export async function renamePerson(name: string, user: User): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { name } });
    // By the old name, on the new one.
    await recordEvent(tx, { kind: 'PERSON_RENAMED', by: user, on: { id: user.id, name } });
  });
}
