import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { requireUser } from '../auth/require-user';
import { makeOwner } from './make-owner';
import { hasOwner, placeholderOwner } from './owner';
import { isSetUpCode, setUpCode } from './set-up-code';

openDatabase();

const request = new Request('http://localhost/api/v1/setup', { method: 'POST' });
const input = (name: string) => ({
  code: setUpCode(),
  name,
  email: `${name.toLowerCase()}@example.com`,
  password: 'long enough',
});

it('accepts the code in any case and spacing, and no other', () => {
  const code = setUpCode();
  expect(code).toMatch(/^([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}$/);
  expect(isSetUpCode(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe(true);
  for (const wrong of [
    '',
    '-',
    code.slice(1),
    `${code}2`,
    code.replace(/.$/, code.endsWith('2') ? '3' : '2'),
  ])
    expect(isSetUpCode(wrong), wrong).toBe(false);
});

it('makes no owner without the code', async () => {
  await expect(
    makeOwner({ ...input('Mallory'), code: 'AAAA-AAAA-AAAA-AAAA' }, request),
  ).rejects.toMatchObject({
    code: 'forbidden',
  });
  expect(await hasOwner()).toBe(false);
});

it('makes one owner of ten at once, who has what was imported before', async () => {
  const before = await placeholderOwner();
  const names = Array.from({ length: 10 }, (_, i) => `Owner${i}`);
  const made = await Promise.allSettled(names.map((name) => makeOwner(input(name), request)));
  const won = made.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  expect(won).toHaveLength(1);
  for (const outcome of made)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'conflict' });
  expect(await db().user.count()).toBe(1);
  expect(await db().account.count()).toBe(1);

  const cookie = won[0]?.getSetCookie()[0]?.split(';')[0] ?? '';
  const owner = await requireUser(new Request('http://localhost/', { headers: { cookie } }));
  expect(owner).toMatchObject({ id: before.id, role: 'ADMIN' });
  expect(owner.name).toMatch(/^Owner\d$/);
  await expect(makeOwner(input('Late'), request)).rejects.toMatchObject({ code: 'conflict' });
});
