import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';

/** Changes the name of a user, on receipts too. */
export async function renameUser(name: string, user: User): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: user.id }, data: { name } });
    // The event is by the old name and about the new one.
    await recordEvent(tx, { kind: 'PERSON_RENAMED', by: user, on: { id: user.id, name } });
  });
}
