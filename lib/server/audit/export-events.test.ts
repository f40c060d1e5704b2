import { expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { download } from '../http/download';
import { db } from '../platform/db/client';
import { exportEvents } from './export-events';

openDatabase();

it('is read page by page, and no further ahead than one page of what was taken', async () => {
  const admin = await makeUser('ADMIN');
  await db().$executeRaw`insert into "AuditEvent" ("kind") select 'SIGNED_OUT' from generate_series(1, 4500)`;
  const lines = (text: string) => text.split('\r\n').length - 1;
  const sizes: number[] = [];
  for await (const piece of (await exportEvents({}, admin)).pieces) sizes.push(lines(String(piece)));
  expect(sizes).toEqual([1, 1_000, 1_000, 1_000, 1_000, 501]);

  const body = download(await exportEvents({}, admin)).body?.getReader();
  if (!body) throw new Error('There is nothing to read.');
  await body.read();
  await body.read();
  // Whoever reads stops here; a page may be waiting by now, and what comes after it is still in the database alone.
  await new Promise((done) => setTimeout(done, 300));
  await db().$executeRaw`alter table "AuditEvent" rename to "Elsewhere"`;
  let more = 0;
  const toTheEnd = async () => {
    for (; !(await body.read()).done; more++);
  };
  try {
    await expect(toTheEnd()).rejects.toThrow();
  } finally {
    await db().$executeRaw`alter table "Elsewhere" rename to "AuditEvent"`;
  }
  expect(more).toBeLessThanOrEqual(1);
});
