import { z } from 'zod';
import { MiB } from '@/lib/shared/bytes';
import type { CreatedCorrection } from '@/lib/shared/schema/review/correction';
import { scopes } from '@/lib/shared/schema/user/user-labels';
import type { MadeInvitation, MadeToken } from '@/lib/shared/schema/user/users';
import { Caller } from '@/testing/over-http';
import { ask, firstVisit, ownerOfTests, signInAt } from '@/testing/visit';

const password = 'a password of the tests';
const asked = z.object({ session: z.object({}).nullable() });

/** Who asks, and with what. */
export interface Asker {
  name: 'the owner' | 'a member' | 'a token' | 'a token that may read' | 'nobody';
  headers: Record<string, string>;
}

/** Things of this Sluice, by the part of a path after which they are named, or by the parameter that names them. */
export type Things = Record<string, string[]>;

/** A Sluice with people and imports in it, for a fuzzer to ask about. */
export class People {
  private readonly cookies = new Map<string, string>();
  private readonly tokens: Record<string, string>[] = [];
  private member = '';

  constructor(private readonly url: string) {}

  async settle(sluice: { url: string; secret: string }): Promise<void> {
    const owner = new Caller(this.url, (await firstVisit(sluice)).cookie);
    this.member = await this.invite(owner);
    for (const allowed of [scopes, ['imports:read'] as const]) {
      const input = { name: 'fuzz', scopes: allowed, days: 1 };
      const { token } = await owner.call<MadeToken>('POST', '/api/v1/account/tokens', input);
      this.tokens.push({ authorization: `Bearer ${token}` });
    }
    const done = await owner.upload('done.csv', 'n,word\n1,one\n2,two\n');
    await owner.call('POST', `/api/v1/imports/${done.id}/start`, owner.confirmation(done, 'Fuzzed'));
    await owner.until(done.id, ['COMPLETED']);
  }

  private async invite(owner: Caller): Promise<string> {
    const email = `${crypto.randomUUID()}@example.com`;
    const { token } = await owner.call<MadeInvitation>('POST', '/api/v1/invitations', {
      email,
      role: 'MEMBER',
    });
    const accepted = await ask(this.url, 'POST', '/api/v1/invitations/acceptance', {
      token,
      name: 'Fuzz',
      password,
    });
    if (!accepted.ok) throw new Error(`The invitation was answered ${accepted.status}.`);
    return email;
  }

  /** Who asks from now on: signed in again, where what was asked before ended a session. */
  async askers(): Promise<Asker[]> {
    const { origin } = new URL(this.url);
    const cookie = async (email: string, word: string) => ({
      origin,
      cookie: await this.cookieOf(email, word),
    });
    return [
      { name: 'the owner', headers: await cookie(ownerOfTests.email, ownerOfTests.password) },
      { name: 'a member', headers: await cookie(this.member, password) },
      { name: 'a token', headers: this.tokens[0] ?? {} },
      { name: 'a token that may read', headers: this.tokens[1] ?? {} },
      { name: 'nobody', headers: { origin } },
    ];
  }

  private async cookieOf(email: string, word: string): Promise<string> {
    const known = this.cookies.get(email);
    if (known) {
      const answer = await ask(this.url, 'GET', '/api/v1/session', undefined, known);
      if (asked.parse(await answer.json()).session) return known;
    }
    const { cookie } = await signInAt(this.url, email, word);
    this.cookies.set(email, cookie);
    return cookie;
  }

  /** What there is to ask about, made anew for each operation, since the one before may have removed it. */
  async things(): Promise<Things> {
    const owner = new Caller(this.url, await this.cookieOf(ownerOfTests.email, ownerOfTests.password));
    const waiting = await owner.upload('waiting.csv', 'n,word\n1,one\n');
    const rejected = await owner.upload('rejected.csv', 'n,word\n1,one\nx,two\n');
    await owner.call('POST', `/api/v1/imports/${rejected.id}/start`, {
      dataset: { name: `Reviewed ${crypto.randomUUID()}` },
      columns: [
        { index: 0, name: 'n', type: 'INTEGER' },
        { index: 1, name: 'word', type: 'TEXT' },
      ],
      onRejection: 'REVIEW',
    });
    const inReview = await owner.until(rejected.id, ['REVIEW']);
    const { correction } = await owner.call<CreatedCorrection>(
      'POST',
      `/api/v1/imports/${inReview.id}/corrections`,
      { fileName: 'corrected.csv', fileSize: 10 },
    );
    const [single, parts] = [await owner.create('a.csv', 10), await owner.create('b.csv', 20 * MiB)];
    const { imports } = await owner.call<{ imports: { id: string }[] }>(
      'GET',
      '/api/v1/imports?status=COMPLETED',
    );
    const victim = await this.invite(owner);
    const { users } = await owner.call<{ users: { id: string; email: string }[] }>(
      'GET',
      `/api/v1/users?q=${encodeURIComponent(victim)}`,
    );
    const invited = { email: `${crypto.randomUUID()}@example.com`, role: 'MEMBER' };
    const invitation = await owner.call<MadeInvitation>('POST', '/api/v1/invitations', invited);
    const userId = users.filter(({ email }) => email === victim).map(({ id }) => id);
    const input = { name: 'to be revoked', scopes, days: 1 };
    const token = await owner.call<MadeToken>('POST', '/api/v1/account/tokens', input);
    return {
      imports: [
        waiting.id,
        inReview.id,
        single.import.id,
        parts.import.id,
        ...imports.slice(0, 2).map(({ id }) => id),
      ],
      corrections: [correction.id],
      users: userId,
      tokens: [token.id],
      invitations: [invitation.id],
      slug: ['fuzzed'],
      userId,
    };
  }
}
