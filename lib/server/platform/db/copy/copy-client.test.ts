import { getLogs } from '@prisma/debug';
import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';

openDatabase();

it('leaves nothing of what people’s files hold with Prisma once a statement is on its way', async () => {
  await db().$queryRaw`select ${'a cell of somebody’s file'}::text`;
  expect(getLogs()).not.toContain('a cell of');
});
