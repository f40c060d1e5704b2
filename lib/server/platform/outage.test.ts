import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { openDatabase } from '@/testing/environment';
import { db, openDb } from './db/client';
import { isFullDisk, isOutage, Outage } from './outage';

openDatabase();

async function errorOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('It did not fail.');
}

/** Has the database raise an error of this code: in a raw statement, and in one that Prisma writes. */
async function raised(code: string): Promise<unknown[]> {
  const raise = `do $$ begin raise exception using errcode = '${code}'; end $$`;
  const raw = await errorOf(() => db().$executeRawUnsafe(raise));
  const written = await errorOf(() =>
    db().$transaction(async (tx) => {
      await tx.$executeRaw`create function pg_temp.fail() returns trigger language plpgsql as $$
        begin raise exception using errcode = current_setting('test.code'); end $$`;
      await tx.$executeRaw`create trigger fail before insert on "Verification"
        for each row execute function pg_temp.fail()`;
      await tx.$executeRaw`select set_config('test.code', ${code}, true)`;
      await tx.verification.create({ data: { identifier: 'a', value: 'b', expiresAt: new Date() } });
    }),
  );
  return [raw, written];
}

it.each(['08006', '25P03', '40001', '40P01', '53100', '53200', '53300', '55P03', '57014', '57P01', '58030'])(
  'the database’s %s is an outage',
  async (code) => {
    for (const error of await raised(code)) expect(isOutage(error), String(error)).toBe(true);
  },
);

it.each(['0A000', '22P02', '23505', '42501', '42601', '42703', '42P01', 'P0001', 'XX000'])(
  'the database’s %s is not, and comes again however often it is tried',
  async (code) => {
    for (const error of await raised(code)) expect(isOutage(error), String(error)).toBe(false);
  },
);

it('a burst that finds no connection is an outage (P2028), and so is a transaction that took too long', async () => {
  const few = openDb(process.env.DATABASE_URL ?? '', 1);
  const held = few.$transaction(async (tx) => {
    await tx.$queryRaw`select 1`;
    await sleep(700);
  });
  const burst = await errorOf(() => few.$transaction((tx) => tx.user.count(), { maxWait: 100 }));
  expect(burst).toMatchObject({ code: 'P2028' });
  expect(isOutage(burst)).toBe(true);
  await held;
  const slow = await errorOf(() =>
    few.$transaction(
      async (tx) => {
        await sleep(300);
        await tx.user.count();
      },
      { timeout: 100 },
    ),
  );
  expect(isOutage(slow)).toBe(true);
  await few.$disconnect();
});

it('a transaction that is used after its end is a fault of ours', async () => {
  let after: () => Promise<unknown> = () => Promise.resolve();
  await db().$transaction(async (tx) => {
    after = () => tx.user.count();
  });
  const error = await errorOf(() => after());
  expect(error).toMatchObject({ code: 'P2028' });
  expect(isOutage(error)).toBe(false);
});

it('a connection that is refused or cut is an outage', async () => {
  const nowhere = openDb('postgresql://sluice:x@127.0.0.1:9/sluice', 1);
  expect(isOutage(await errorOf(() => nowhere.$queryRaw`select 1`))).toBe(true);
  expect(isOutage(await errorOf(() => nowhere.user.count()))).toBe(true);
  expect(isOutage(await errorOf(() => nowhere.$transaction((tx) => tx.user.count())))).toBe(true);
  await nowhere.$disconnect();
  const cut = await errorOf(() =>
    db().$transaction(async (tx) => {
      await tx.$executeRaw`select pg_terminate_backend(pg_backend_pid())`;
    }),
  );
  expect(isOutage(cut), String(cut)).toBe(true);
  const later = await errorOf(() =>
    db().$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('idle_in_transaction_session_timeout', '50', true)`;
      await sleep(300);
      await tx.user.count();
    }),
  );
  expect(isOutage(later), String(later)).toBe(true);
  const closed = createServer().listen(0, '127.0.0.1');
  await once(closed, 'listening');
  const at = closed.address();
  closed.close();
  const port = typeof at === 'object' ? at?.port : 0;
  expect(isOutage(await errorOf(() => fetch(`http://127.0.0.1:${port}/`)))).toBe(true);
});

it('of the store, what it cannot do right now is an outage, and what it refuses is not', () => {
  const answered = (httpStatusCode: number, name = 'Error') =>
    new S3ServiceException({ name, $fault: 'server', $metadata: { httpStatusCode } });
  for (const status of [500, 503, 429]) expect(isOutage(answered(status))).toBe(true);
  expect(isOutage(answered(400, 'RequestTimeout'))).toBe(true);
  for (const status of [400, 403, 404]) expect(isOutage(answered(status))).toBe(false);
  expect(isOutage(new Outage('The file store did not answer.'))).toBe(true);
});

it('a programming error is not an outage, whatever it says', () => {
  for (const error of [new TypeError('x is not a function'), new Error('timeout'), 'ECONNREFUSED', null]) {
    expect(isOutage(error)).toBe(false);
  }
});

it('a database whose socket is gone is an outage', async () => {
  const gone = openDb('postgresql://a:b@localhost/c?host=/no/such/folder', 1);
  expect(isOutage(await errorOf(() => gone.$queryRaw`select 1`))).toBe(true);
  await gone.$disconnect();
});

it('a full disk of the database or the store is told from other outages', async () => {
  for (const error of await raised('53100')) expect(isFullDisk(error), String(error)).toBe(true);
  for (const error of await raised('53200')) expect(isFullDisk(error), String(error)).toBe(false);
  const answered = (httpStatusCode: number) =>
    new S3ServiceException({ name: 'x', $fault: 'server', $metadata: { httpStatusCode } });
  expect([507, 503].map((status) => isFullDisk(answered(status)))).toEqual([true, false]);
});
