import { afterAll, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { byBlocksSql, byIndexSql, bySortedIndexSql } from '@/lib/server/platform/db/index-order';
import { openDatabase } from '@/testing/environment';
import { forServers } from './cluster-settings';

const given = process.env.DATABASE_DISTRIBUTED;
process.env.DATABASE_DISTRIBUTED = 'citus';
openDatabase();

afterAll(() => {
  if (given === undefined) delete process.env.DATABASE_DISTRIBUTED;
});

it.each([byIndexSql, byBlocksSql, bySortedIndexSql])(
  'settings of a transaction are set where the servers hear of them: %s',
  async (sql) => {
    expect(forServers(sql)).toMatch(
      /^do \$\$ begin set local citus\.propagate_set_commands = 'local'; set local /,
    );
    const found = await db().$transaction(async (tx) => {
      await tx.$executeRawUnsafe(sql);
      return tx.$queryRaw`select current_setting('enable_seqscan') as seqscan, current_setting('jit') as jit,
        current_setting('citus.propagate_set_commands') as handed`;
    });
    expect(found).toEqual([{ seqscan: 'off', jit: 'off', handed: 'local' }]);
    expect(await db().$queryRaw`select current_setting('enable_seqscan') as seqscan`).toEqual([
      { seqscan: 'on' },
    ]);
  },
);

it('other statements stay as they are', () => {
  for (const sql of [
    'select 1',
    `select set_config('lock_timeout', $1, true)`,
    `select set_config('jit', 'off', true), 1`,
  ])
    expect(forServers(sql)).toBe(sql);
});
