import { expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { db } from '../platform/db/client';
import { addressOf, noteCredential, runAsRequest } from '../platform/request-source';
import { recordEvent } from './record-event';

openDatabase();

const from = (forwarded: string) =>
  new Request('http://localhost/', { headers: { 'x-forwarded-for': forwarded } });

it('an event says who, from where, how, and what it was done to', async () => {
  const by = await owner();
  const dataset = { id: '019a0000-0000-7000-8000-000000000001', name: 'Customers' };
  await runAsRequest(from('10.0.0.1, 192.0.2.7'), async () => {
    noteCredential('token:nightly');
    await recordEvent(db(), {
      kind: 'ROWS_EXPORTED',
      by,
      on: dataset,
      dataset,
      facts: { format: 'csv', rows: 3 },
    });
  });
  await recordEvent(db(), { kind: 'SIGN_IN_FAILED', by: null });
  const [first, second] = await db().auditEvent.findMany({ orderBy: { id: 'asc' } });
  expect(first).toMatchObject({
    kind: 'ROWS_EXPORTED',
    actorId: by.id,
    actorName: by.name,
    address: '192.0.2.7',
    via: 'token:nightly',
    subjectId: dataset.id,
    subjectName: dataset.name,
    datasetId: dataset.id,
    datasetName: dataset.name,
    facts: { format: 'csv', rows: 3 },
  });
  expect(second).toMatchObject({ actorId: null, address: null, via: null, subjectId: null, facts: null });
});

it('an event is there if and only if the deed is', async () => {
  const before = await db().auditEvent.count();
  const undone = db().$transaction(async (tx) => {
    await recordEvent(tx, { kind: 'SIGNED_IN', by: null });
    throw new Error('the deed failed');
  });
  await expect(undone).rejects.toThrow('the deed failed');
  expect(await db().auditEvent.count()).toBe(before);
});

it.each([
  ['changed', `update "AuditEvent" set "kind" = 'x'`],
  [
    'changed by an upsert',
    `insert into "AuditEvent" (id, kind) select id, kind from "AuditEvent" limit 1
    on conflict (id) do update set kind = 'x'`,
  ],
  ['deleted', 'delete from "AuditEvent"'],
  ['truncated', 'truncate "AuditEvent"'],
  ['truncated with others', 'truncate "User", "AuditEvent" cascade'],
  ['deleted as a replica does', `set local session_replication_role = replica; delete from "AuditEvent"`],
])('the log cannot be %s', async (_what, sql) => {
  await recordEvent(db(), { kind: 'SIGNED_IN', by: null });
  const before = await db().auditEvent.findMany({ orderBy: { id: 'asc' } });
  expect(before.length).toBeGreaterThan(0);
  const change = db().$transaction(async (tx) => {
    for (const statement of sql.split(';')) await tx.$executeRawUnsafe(statement);
  });
  await expect(change).rejects.toThrow(/append-only/);
  expect(await db().auditEvent.findMany({ orderBy: { id: 'asc' } })).toEqual(before);
});

it('an address is what the nearest proxy wrote, and nothing that is none', () => {
  expect(addressOf(from('198.51.100.1, 192.0.2.7'))).toBe('192.0.2.7');
  expect(addressOf(from('::ffff:192.0.2.7'))).toBe('192.0.2.7');
  expect(addressOf(from('2001:db8::1'))).toBe('2001:db8::1');
  expect(addressOf(from('<script>'))).toBeNull();
  expect(addressOf(new Request('http://localhost/'))).toBeNull();
});
