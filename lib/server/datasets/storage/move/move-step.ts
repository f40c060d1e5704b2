import { z } from 'zod';
import { lockDataset } from '@/lib/server/datasets/change-dataset';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { Prisma } from '@/lib/server/platform/db/generated/client';
import { byBlocksSql } from '@/lib/server/platform/db/index-order';
import { lockNamed } from '@/lib/server/platform/db/named-lock';
import { inSchema } from '../dataset-table';
import { summarizePages } from '../summarize-pages';
import { type MoveSql, moveSql } from './move-sql';

/** What one step did: it brought rows over; or all are there, and are read there from now on; or there is nothing to do. */
export type Step =
  | { kind: 'more' }
  | { kind: 'rows'; importId: number; movedTo: number; lastRow: number; rows: number }
  | { kind: 'whole'; rows: number }
  | { kind: 'nothing' };

/** A step brings over so many cells, in about a second. A row and an import take as long as some more. */
const cellsAtATime = 400_000;
const cellsOfRow = 5;
const cellsOfImport = 8_000;

const transaction = { timeout: 10 * 60_000, maxWait: 30_000 };

interface Shared {
  id: string;
  number: number;
}

/**
 * Brings some rows of a dataset from the shared tables to its own, and compares them there, in one transaction. What is next
 * is found in the database: a process that is killed loses one step, and of two that move one dataset each does some.
 * @param isCareful a text that is no value of its type is kept, which takes ten times as long
 */
export function moveStep(
  datasetId: string,
  { isCareful = false, cells = cellsAtATime }: { isCareful?: boolean; cells?: number } = {},
): Promise<Step> {
  return db().$transaction(async (tx) => {
    await lockNamed(tx, `move ${datasetId}`);
    const dataset = await tx.dataset.findFirst({
      where: { id: datasetId, deletedAt: null, rowStorage: 'SHARED' },
      select: { id: true, number: true },
    });
    if (!dataset) return { kind: 'nothing' };
    await tx.$executeRawUnsafe(byBlocksSql);
    // Also of a dataset without any rows.
    await tx.$executeRaw`select "ensureDatasetTable"(${datasetId}::uuid, true)`;
    const sql = await moveSql(tx, dataset, isCareful);
    let step: Step | undefined;
    for (let room = cells; room > 0; ) {
      const [next] = await unmoved(tx, datasetId);
      if (!next) break;
      const moved = await moveRows(tx, dataset, sql, next, cells);
      room -= cellsOfImport + moved.rows * (sql.width + cellsOfRow);
      step = { kind: 'rows', ...moved };
    }
    if (!step) return switchOver(tx, dataset);
    await summarizePages(tx, dataset.number);
    return step;
  }, transaction);
}

const unmovedImports = z.array(
  z.object({ id: z.number(), lastRow: z.number().nullable(), movedTo: z.number().nullable() }),
);

/**
 * The next import whose rows are not all there, held until the transaction ends: whoever has its rows removed changes it
 * first, and finds here what was brought over before. Rows that are about to be removed stay where they are.
 */
async function unmoved(tx: Transaction, datasetId: string) {
  return unmovedImports.parse(
    await tx.$queryRaw`
      select i."id", m."lastRow", m."movedTo" from "Import" i left join "RowMove" m on m."importId" = i."id"
      where i."datasetId" = ${datasetId}::uuid and i."deletedAt" is null and i."rowsDeletedAt" is null
        and i."status" not in ('FAILED', 'CANCELLED') and (m."importId" is null or m."movedTo" < m."lastRow")
      order by i."id" limit 1 for share of i`,
  );
}

async function moveRows(
  tx: Transaction,
  dataset: Shared,
  sql: MoveSql,
  { id: importId, ...before }: z.output<typeof unmovedImports>[number],
  cells: number,
) {
  const lastRow = before.lastRow ?? (await begin(tx, importId));
  const from = (before.movedTo ?? 0) + 1;
  if (from > lastRow) return { importId, movedTo: lastRow, lastRow, rows: 0 };
  const most = Math.max(1, Math.floor(cells / (sql.width + cellsOfRow)));
  const movedTo = Math.min(lastRow, from + most - 1);
  for (const insert of sql.inserts) await tx.$executeRawUnsafe(insert, importId, from, movedTo);
  await assertSame(tx, dataset, sql, { importId, from, to: movedTo });
  await tx.rowMove.update({ where: { importId }, data: { movedTo } });
  return { importId, movedTo, lastRow, rows: movedTo - from + 1 };
}

/** Notes that an import is being moved. @returns the number of its last row, or 0 */
async function begin(tx: Transaction, importId: number): Promise<number> {
  await tx.rowMove.create({ data: { importId, lastRow: 0, movedTo: 0 } });
  await noteLastRows(tx, Prisma.sql`i."id" = ${importId}`);
  return (await tx.rowMove.findUniqueOrThrow({ where: { importId } })).lastRow;
}

/**
 * Notes how far the rows of imports go. At the end once more for all of the dataset: a worker of the version before that was
 * not stopped may have gone on.
 */
async function noteLastRows(tx: Transaction, which: Prisma.Sql): Promise<void> {
  await tx.$executeRaw`
    update "RowMove" m set "lastRow" = found.last from "Import" i, lateral (
      select greatest((select max("rowNumber") from "Row" where "importId" = i."id"), (
        select max((select max("rowNumber") from "RowChange" where "importId" = i."id" and "kind" = k.kind))
        from unnest(enum_range(null::"RowChangeKind")) k (kind))) as last) found
    where m."importId" = i."id" and ${which} and found.last > m."lastRow"`;
}

const sums = z.tuple([z.object({ rows: z.number(), sum: z.string().nullable() })]);

/** @throws Error when rows are not the same in both places: the step is taken back */
async function assertSame(
  tx: Transaction,
  { number }: Shared,
  sql: MoveSql,
  { importId, from, to }: { importId: number; from: number; to: number },
): Promise<void> {
  for (const { shared, own } of sql.comparisons) {
    const [before] = sums.parse(await tx.$queryRawUnsafe(shared, importId, from, to));
    const [after] = sums.parse(await tx.$queryRawUnsafe(own, importId, from, to));
    if (before.rows !== after.rows || before.sum !== after.sum)
      throw new Error(
        `Rows ${from} to ${to} of import ${importId} were not the same in ds_${number}: ${before.rows} and ${after.rows}.`,
      );
  }
}

/** From now on the dataset's rows are read from its own table. A trigger makes its view anew, in the same transaction. */
async function switchOver(tx: Transaction, { id, number }: Shared): Promise<Step> {
  // Nobody has figures of the new table yet, by which it is read fast.
  await tx.$executeRawUnsafe(`analyze ${inSchema(number, 'rows')}`);
  await lockDataset(tx, id);
  await noteLastRows(tx, Prisma.sql`i."datasetId" = ${id}::uuid`);
  if ((await unmoved(tx, id)).length > 0) return { kind: 'more' };
  // A worker of the version before, which does not know of it, may have written the first rows of an import.
  await tx.$executeRaw`
    update "Import" i set "hasRows" = true from "RowMove" m
    where m."importId" = i."id" and i."datasetId" = ${id}::uuid and m."lastRow" > 0 and not i."hasRows"`;
  const { rows } = await tx.dataset.update({
    where: { id },
    data: { rowStorage: 'TABLE', movedAt: new Date() },
    select: { rows: true },
  });
  await tx.rowMove.deleteMany({ where: { import: { datasetId: id } } });
  return { kind: 'whole', rows };
}
