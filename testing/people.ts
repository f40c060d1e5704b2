import { randomUUID } from 'node:crypto';
import { placeholderOwner } from '@/lib/server/identity/accounts/owner';
import { hashPassword, setPassword } from '@/lib/server/identity/auth/password';
import { signIn } from '@/lib/server/identity/auth/sign-in';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';

/** The administrator that everything of a test belongs to which is not about people. */
export function owner(): Promise<User> {
  return placeholderOwner();
}

export interface Person extends User {
  email: string;
  password: string;
}

const request = () => new Request('http://localhost/', { headers: { 'user-agent': 'a test' } });

/** Somebody with an account and a password, in this test's own database. */
export async function makeUser(role: User['role'] = 'MEMBER', name = 'Somebody'): Promise<Person> {
  const email = `${randomUUID()}@example.com`;
  const password = randomUUID();
  const hash = await hashPassword(password, request());
  const made = await db().$transaction(async (tx) => {
    const user = await tx.user.create({ data: { email, name, role, emailVerified: true } });
    await setPassword(tx, user.id, hash);
    return user;
  });
  return { id: made.id, name, role, email, password };
}

/** Signs in, and gives the Cookie header that a browser would send from then on. */
export async function cookieOf({ email, password }: Person): Promise<string> {
  const headers = await signIn({ email, password }, request());
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0] ?? '')
    .join('; ');
}
