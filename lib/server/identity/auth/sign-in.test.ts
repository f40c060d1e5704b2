import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { changePassword } from './change-password';
import { signIn } from './sign-in';
import { signOut } from './sign-out';

openDatabase();

const from = (cookie?: string) =>
  new Request('http://localhost/', { headers: { 'user-agent': 'a test', ...(cookie ? { cookie } : {}) } });

it('nobody comes in, changes a password or goes out unseen: what cannot be written down does not happen', async () => {
  const ann = await makeUser();
  const before = await signIn(ann, from());
  const cookie = before
    .getSetCookie()
    .map((text) => text.split(';')[0] ?? '')
    .join('; ');
  const sessions = () => db().session.findMany({ where: { userId: ann.id } });
  const account = () => db().account.findFirstOrThrow({ where: { userId: ann.id } });
  const [there, password] = [await sessions(), await account()];
  expect(there).toHaveLength(1);
  await db().$executeRaw`alter table "AuditEvent" add constraint "full" check (false) not valid`;
  try {
    await expect(signIn(ann, from())).rejects.toThrow();
    const passwords = { currentPassword: ann.password, newPassword: 'another password' };
    await expect(changePassword({ ...passwords, keepTokens: false }, from(cookie))).rejects.toThrow();
    await expect(signOut(from(cookie))).rejects.toThrow();
  } finally {
    await db().$executeRaw`alter table "AuditEvent" drop constraint "full"`;
  }
  expect(await sessions()).toEqual(there);
  expect((await account()).password).toBe(password.password);
  await signIn(ann, from());
  expect(await sessions()).toHaveLength(2);
});
