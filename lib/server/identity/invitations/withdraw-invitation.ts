import { z } from 'zod';
import { maskedEmail } from '@/lib/server/audit/masked-email';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { usable } from './token';

/** Makes an invitation's link useless. @throws AppError `not-found` */
export async function withdrawInvitation(id: string, user: User): Promise<void> {
  await db().$transaction(async (tx) => {
    const found = z.uuid().safeParse(id).success
      ? await tx.invitation.findFirst({ where: { id, ...usable() } })
      : null;
    const { count } = found ? await tx.invitation.deleteMany({ where: { id, ...usable() } }) : { count: 0 };
    if (!found || count === 0) throw new AppError('not-found', 'There is no such invitation.');
    const on = { id, name: maskedEmail(found.email) };
    await recordEvent(tx, { kind: 'INVITATION_WITHDRAWN', by: user, on });
  });
}
