import { z } from 'zod';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { ChangeKind, ImportMode } from '@/lib/server/platform/db/generated/enums';
import { AppError } from '@/lib/server/platform/errors';
import { formatDay } from '@/lib/server/platform/format-day';

/** An import whose rows readers may see. */
export interface VisibleImport {
  id: number;
  publicId: string;
  mode: ImportMode;
  /** Its place in the order of the dataset's imports. */
  publishedRevision: number;
  rowsInserted: number;
  /** Set: it was undone so long ago that its rows are not kept any more. */
  rowsDeletedAt: Date | null;
}

/**
 * What readers of a dataset see at one moment. Everything else follows from it: a row is there if one of these imports
 * wrote it, with the values of the last of them that did.
 */
export interface Snapshot {
  /** By id, which is the order in which their rows stand. */
  imports: VisibleImport[];
  /** Revision of the last replacement: what came before it is not seen. */
  replacedBefore: number;
}

const selected = {
  id: true,
  publicId: true,
  mode: true,
  publishedRevision: true,
  rowsInserted: true,
  rowsDeletedAt: true,
} as const;

/** The completed imports of a dataset, also those that a later one replaced, in the order of their rows. */
export async function completedImports(datasetId: string, tx: Transaction = db()): Promise<VisibleImport[]> {
  const found = await tx.import.findMany({
    where: { datasetId, status: 'COMPLETED', publishedRevision: { not: null } },
    orderBy: { id: 'asc' },
    select: selected,
  });
  return found.map(published);
}

/** These imports, whether they are completed or undone, in the order of their rows. */
export async function readVisibleImports(ids: number[]): Promise<VisibleImport[]> {
  const found = await db().import.findMany({
    where: { id: { in: ids }, publishedRevision: { not: null } },
    orderBy: { id: 'asc' },
    select: selected,
  });
  return found.map(published);
}

/** The imports of a dataset that readers ever saw, and how many versions of rows they wrote. */
export async function publishedImports(datasetId: string): Promise<{ ids: number[]; versions: number }> {
  const found = await db().import.findMany({
    where: { datasetId, publishedRevision: { not: null } },
    select: { id: true, rowsInserted: true, rowsUpdated: true },
  });
  return {
    ids: found.map(({ id }) => id),
    versions: found.reduce((sum, row) => sum + row.rowsInserted + row.rowsUpdated, 0),
  };
}

/** What readers see when these imports are completed, and no others. */
export function snapshotOf(completed: VisibleImport[]): Snapshot {
  const replacedBefore = Math.max(
    0,
    ...completed.map((record) => (record.mode === 'REPLACE' ? record.publishedRevision : 0)),
  );
  return {
    replacedBefore,
    imports: completed.filter((record) => record.publishedRevision >= replacedBefore),
  };
}

/** What readers see at this moment. */
export async function currentSnapshot(datasetId: string, tx?: Transaction): Promise<Snapshot> {
  return snapshotOf(await completedImports(datasetId, tx));
}

/** Clocks of browsers and scripts may be ahead by so much. */
const clockSkewMs = 60_000;

/** A moment of the past in a query string, ISO 8601 with its zone. */
export const momentInput = z.iso
  .datetime({ offset: true })
  .refine((text) => Date.parse(text) <= Date.now() + clockSkewMs, 'The moment is in the future.')
  .transform((text) => new Date(text));

/** What readers see at this moment, or saw at one of the past. */
export function snapshotAt(datasetId: string, moment: Date | undefined): Promise<Snapshot> {
  return moment ? snapshotAsOf(datasetId, moment) : currentSnapshot(datasetId);
}

/** What readers saw before a revision, without imports that were deleted since and rows that are no longer kept. */
export async function snapshotBefore(datasetId: string, publishedRevision: number): Promise<Snapshot> {
  const changes = await db().datasetChange.findMany({
    where: { datasetId, revision: { lt: publishedRevision } },
    orderBy: { revision: 'asc' },
    select: { kind: true, importId: true },
  });
  return standingOf(changes);
}

async function standingOf(changes: { kind: ChangeKind; importId: number }[]): Promise<Snapshot> {
  const standing = new Map(changes.map(({ importId, kind }) => [importId, kind]));
  const ids = [...standing].flatMap(([id, kind]) => (kind === 'UNDONE' ? [] : [id]));
  return snapshotOf(await readVisibleImports(ids));
}

/**
 * What readers saw at a moment of the past: all of it, but for imports that somebody deleted.
 * @throws AppError `gone` when an import was seen then whose rows went since, long after it was undone
 */
export async function snapshotAsOf(datasetId: string, moment: Date): Promise<Snapshot> {
  const changes = await db().datasetChange.findMany({
    where: { datasetId, at: { lte: moment } },
    orderBy: { revision: 'asc' },
    select: { kind: true, importId: true },
  });
  const snapshot = await standingOf(changes);
  const gone = snapshot.imports.find(({ rowsDeletedAt }) => rowsDeletedAt !== null)?.rowsDeletedAt;
  if (gone) {
    throw new AppError(
      'gone',
      `At that moment the dataset had rows of an import that was undone later, and they were deleted on ${formatDay(gone)}. Choose another moment.`,
    );
  }
  return snapshot;
}

function published(
  record: Omit<VisibleImport, 'publishedRevision'> & { publishedRevision: number | null },
): VisibleImport {
  return { ...record, publishedRevision: record.publishedRevision ?? 0 };
}
