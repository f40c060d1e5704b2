import { recordEvent } from '@/lib/server/audit/record-event';
import { db } from '@/lib/server/platform/db/client';
import { lockNamed } from '@/lib/server/platform/db/named-lock';
import { AppError } from '@/lib/server/platform/errors';
import type { MakeOwnerInput } from '@/lib/shared/schema/user/users';
import { hashPassword, setPassword } from '../auth/password';
import { beginSession } from '../auth/sign-in';
import { hasOwner } from './owner';
import { isSetUpCode } from './set-up-code';

/**
 * The first visit: makes the owner's account, an administrator, and signs in. Of two at once one makes it.
 * @returns the headers that set the session's cookie
 * @throws AppError `forbidden` for a wrong code, `conflict` when there is an owner
 */
export async function makeOwner(input: MakeOwnerInput, request: Request): Promise<Headers> {
  if (await hasOwner()) throw taken();
  if (!isSetUpCode(input.code)) {
    throw new AppError(
      'forbidden',
      'This is not the set-up code. The server printed it when it started: look at its terminal or its log.',
    );
  }
  const hash = await hashPassword(input.password, request);
  const data = { name: input.name, email: input.email, role: 'ADMIN' as const, emailVerified: true };
  await db().$transaction(async (tx) => {
    await lockNamed(tx, 'owner');
    if (await hasOwner(tx)) throw taken();
    // What was imported before there were accounts belongs to somebody who cannot sign in: that is the owner.
    const placeholder = await tx.user.findFirst({
      where: { role: 'ADMIN', accounts: { none: {} } },
      orderBy: { createdAt: 'asc' },
    });
    const { id } = placeholder
      ? await tx.user.update({ where: { id: placeholder.id }, data })
      : await tx.user.create({ data });
    await setPassword(tx, id, hash);
    const made = { id, name: input.name };
    await recordEvent(tx, { kind: 'OWNER_MADE', by: made, on: made });
  });
  return beginSession(input, request);
}

function taken(): AppError {
  return new AppError('conflict', 'This Sluice has an owner already. Sign in instead.');
}
