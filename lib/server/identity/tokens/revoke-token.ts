import { z } from 'zod';
import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';

/** Ends one of a person's own API tokens, at once. @throws AppError `not-found`, also for other people's */
export async function revokeToken(id: string, user: User): Promise<void> {
  const nothing = new AppError('not-found', 'There is no such token.');
  if (!z.uuid().safeParse(id).success) throw nothing;
  await db().$transaction(async (tx) => {
    const token = await tx.apiToken.findFirst({ where: { id, userId: user.id } });
    if (!token) throw nothing;
    const { count } = await tx.apiToken.deleteMany({ where: { id } });
    if (count === 0) throw nothing;
    await recordEvent(tx, { kind: 'TOKEN_REVOKED', by: user, on: token });
  });
}
