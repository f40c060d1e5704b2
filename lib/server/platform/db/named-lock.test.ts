import pg from 'pg';
import { expect, it } from 'vitest';
import { createImport } from '@/lib/server/imports/create-import';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { env } from '../env';
import { db } from './client';
import { lockNamed, tryLockNamed } from './named-lock';

openDatabase();

it('one transaction at a time holds the lock, and it is released afterwards', async () => {
  const seen: string[] = [];
  const work = (name: string) =>
    db().$transaction(async (tx) => {
      await lockNamed(tx, 'of a test');
      seen.push(`${name} in`);
      await tx.$executeRaw`select pg_sleep(0.05)`;
      seen.push(`${name} out`);
    });
  await Promise.all(['a', 'b', 'c'].map(work));
  expect(seen).toHaveLength(6);
  for (let i = 0; i < 6; i += 2) expect(seen[i + 1]).toBe(seen[i]?.replace('in', 'out'));
  expect(await db().namedLock.count({ where: { name: 'of a test' } })).toBe(0);
});

it('trying for the lock does not wait, and succeeds once it is free', async () => {
  for (const name of ['sweep', 'a new one']) {
    await db().$transaction((tx) => tryLockNamed(tx, name));
    await db().$transaction(async (tx) => {
      expect(await tryLockNamed(tx, name)).toBe(true);
      expect(await db().$transaction((other) => tryLockNamed(other, name))).toBe(false);
    });
    expect(await db().$transaction((tx) => tryLockNamed(tx, name))).toBe(true);
  }
});

it('a role that may only read can hold up nobody, whatever advisory locks it takes', async () => {
  const role = 'reader_of_locks';
  await db().$executeRawUnsafe(`create role ${role} login password 'reader'`);
  await db().$executeRawUnsafe(`grant usage on schema datasets to ${role}`);
  const url = new URL(env().DATABASE_URL);
  const holder = new pg.Client({ connectionString: url.href });
  await holder.connect();
  try {
    await holder.query(`set role ${role}`);
    await holder.query(`select pg_advisory_lock(hashtext(name)) from unnest($1::text[]) name`, [
      ['sluice uploads', 'sluice owner', 'sluice sweep'],
    ]);
    await expect(holder.query('select * from "NamedLock" for update')).rejects.toThrow('permission denied');
    await expect(holder.query('insert into "NamedLock" values (\'uploads\')')).rejects.toThrow(
      'permission denied',
    );
    await createImport({ fileName: 'a.csv', fileSize: 4 }, await makeUser());
  } finally {
    await holder.end();
    await db().$executeRawUnsafe(`drop owned by ${role}`);
    await db().$executeRawUnsafe(`drop role ${role}`);
  }
});
