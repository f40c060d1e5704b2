import { z } from 'zod';
import { inSchema } from '@/lib/server/datasets/storage/dataset-table';
import { countRejections } from '@/lib/server/imports/rejections/chunks';
import { db } from '@/lib/server/platform/db/client';
import type { RowChangeKind } from '@/lib/server/platform/db/generated/enums';
import { readByBlocks } from '@/lib/server/platform/db/index-order';
import type { RowCounts } from '@/lib/shared/schema/import/import';
import { type Decisions, rowsOf } from '@/worker/resolve/decide-sql';

/** An account counted in Postgres, and how many rows of the file it holds. */
export type Counted = RowCounts & { staged: number };

/** An account as its import keeps it. */
export function rowTally(counted: Counted) {
  return {
    rowsInserted: counted.inserted,
    rowsUpdated: counted.updated,
    rowsUnchanged: counted.unchanged,
    rowsSkipped: counted.skipped,
    rowsRejected: counted.rejected,
    rowsStored: counted.read - counted.rejected,
  };
}

const counts = z.tuple([z.object({ rows: z.number() })]);

async function countStaged(importId: number, number: number): Promise<number> {
  const sql = `select count(*)::int as rows from ${inSchema(number, 'rows')} where "_import" = $1::int`;
  const [{ rows }] = counts.parse(await readByBlocks(db().$queryRawUnsafe(sql, importId)));
  return rows;
}

/** The account of an import that only adds rows. @param number that of its dataset */
export async function countAdded(importId: number, number: number): Promise<Counted> {
  const [staged, rejected] = await Promise.all([countStaged(importId, number), countRejections(importId)]);
  return {
    read: staged + rejected,
    inserted: staged,
    updated: 0,
    unchanged: 0,
    skipped: 0,
    rejected,
    staged,
  };
}

/**
 * The account of an import into a dataset with a key. Every staged row has one row change, which PostgreSQL counted when it
 * wrote it, and rows that were rejected for their key are staged and rejected: so `read` is what became of all staged
 * rows and the other rejections. That it is what the worker read is for the caller to see.
 */
export async function countRowChanges(importId: number, decisions: Decisions): Promise<Counted> {
  const rejected = await countRejections(importId);
  const of = (...kinds: RowChangeKind[]) =>
    decisions.reduce((sum, { kind, rows }) => sum + (kinds.includes(kind) ? rows : 0), 0);
  const staged = rowsOf(decisions);
  return {
    read: staged + rejected - of('REJECTED'),
    inserted: of('INSERTED', 'RESTORED'),
    updated: of('UPDATED'),
    unchanged: of('UNCHANGED'),
    skipped: of('DUPLICATE', 'EXISTING', 'MISSING'),
    rejected,
    staged,
  };
}
