import { countRejections } from '@/lib/server/imports/rejections/chunks';
import { db } from '@/lib/server/platform/db/client';
import type { EffectKind } from '@/lib/server/platform/db/generated/enums';
import type { RowCounts } from '@/lib/shared/schema/imports';
import { type Decisions, rowsOf } from './decide-sql';

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

/** The account of an import that only adds rows. */
export async function countAdded(importId: number): Promise<Counted> {
  const [staged, rejected] = await Promise.all([
    db().row.count({ where: { importId } }),
    countRejections(importId),
  ]);
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
 * The account of an import into a dataset with a key. Every staged row has one effect, which PostgreSQL counted when it
 * wrote it, and rows that were rejected for their key are staged and rejected: so `read` is what became of all staged
 * rows and the other rejections. That it is what the worker read is for the caller to see.
 */
export async function countEffects(importId: number, decisions: Decisions): Promise<Counted> {
  const rejected = await countRejections(importId);
  const of = (...kinds: EffectKind[]) =>
    decisions.reduce((sum, { kind, rows }) => sum + (kinds.includes(kind) ? rows : 0), 0);
  const staged = rowsOf(decisions);
  return {
    read: staged + rejected - of('REJECTED'),
    inserted: of('INSERTED', 'RETURNED'),
    updated: of('UPDATED'),
    unchanged: of('UNCHANGED'),
    skipped: of('DUPLICATE', 'EXISTING', 'MISSING'),
    rejected,
    staged,
  };
}
