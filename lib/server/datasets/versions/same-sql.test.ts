import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { sameSql } from './same-sql';

openDatabase();

it.each([
  ['["a","b"]', '["a","b"]', true],
  ['["a","b"]', '["a","c"]', false],
  ['["a","b"]', '["a",null]', false],
  ['["a"]', '["a",null,null]', true],
  ['[]', '[null]', true],
  ['["a",null,"b", null, null]', '["a",null,"b", null]', true],
  ['["a",null,"b", null]', '["a",null,"b"]', true],
  ['["a",null, null, "b"]', '["a",null, null, "c"]', false],
  ['["a, null]"]', '["a, null]",null]', true],
  ['["a, null]"]', '["a"]', false],
  ['["a",null]', '["a ",null]', false],
  ['["null]"]', '["null"]', false],
])('rows of %s and %s are the same: %s', async (a, b, same) => {
  const [found] = await db().$queryRawUnsafe<{ same: boolean }[]>(
    `select ${sameSql('a', 'b')} as same from (select $1::text as a, $2::text as b) t`,
    a,
    b,
  );
  expect(found).toEqual({ same });
});
