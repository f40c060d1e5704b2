import { copyWriter } from '../datasets/rows/copy-writer';
import { createManyWriter } from '../datasets/rows/create-many-writer';
import { type RowTarget, rowTarget } from '../datasets/rows/row-target';
import { datasetTable } from '../datasets/storage/dataset-table';
import { db, type Transaction } from '../platform/db/client';
import type { Env } from '../platform/env';
import { type Finding, fail, ok, reasonOf } from './finding';

/** Imports and datasets are numbered from 1. */
const none = 0;
const target: RowTarget = rowTarget(none, datasetTable({ number: none, rowStorage: 'TABLE' }), [
  { slot: 0, type: 'TEXT' },
]);

/** The way rows are really written: into a table in a schema of its own, inside Prisma's transaction, taken back at the end. */
export async function checkWriting({ ROW_WRITER }: Env): Promise<Finding> {
  const enough = new Error('It works: taken back.');
  let hasTable = false;
  try {
    await db().$transaction(async (tx) => {
      await tx.$executeRaw`create schema "ds_0"`;
      await tx.$executeRaw`
        create table "ds_0"."rows" ("_import" int, "_row" int, "c0" text, "_more" jsonb, "_exact" jsonb)`;
      hasTable = true;
      await writeTwoRows(tx, ROW_WRITER);
      throw enough;
    });
  } catch (error) {
    if (error === enough) return written(ROW_WRITER);
    if (!hasTable)
      return fail(
        'Tables',
        `no schema can be created here (${reasonOf(error)}).`,
        'Every dataset has one of its own: GRANT CREATE ON DATABASE to the user in DATABASE_URL.',
      );
    return fail(
      'COPY',
      `it does not work here (${reasonOf(error)}).`,
      'Connect the worker to PostgreSQL itself, or set ROW_WRITER=createMany.',
    );
  }
  return written(ROW_WRITER);
}

const written = (writer: Env['ROW_WRITER']) =>
  ok('COPY', writer === 'copy' ? 'works.' : 'not needed, since ROW_WRITER=createMany.');

async function writeTwoRows(tx: Transaction, name: Env['ROW_WRITER']): Promise<void> {
  const writer = name === 'copy' ? copyWriter : createManyWriter;
  const rows = writer.buffer(target);
  rows.add(1, ['a']);
  rows.add(2, [null]);
  const segment = await writer.open(tx, target);
  await segment.write(rows.take());
  const stored = await segment.end();
  if (stored !== 2) throw new Error(`${stored} of 2 rows were stored`);
}
