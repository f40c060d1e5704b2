import { z } from 'zod';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import type { ChangeKind, ImportMode } from '@/lib/server/platform/db/generated/enums';
import { AppError } from '@/lib/server/platform/errors';
import { formatDay } from '@/lib/server/platform/format-day';

/** An import whose rows readers may see. */
export interface SeenImport {
  id: number;
  publicId: string;
  mode: ImportMode;
  /** Its place in the order of the dataset's imports. */
  publication: number;
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
  imports: SeenImport[];
  /** The publication of the last replacement: what came before it is not seen. */
  floor: number;
}

const selected = {
  id: true,
  publicId: true,
  mode: true,
  publication: true,
  rowsInserted: true,
  rowsDeletedAt: true,
} as const;

/** The completed imports of a dataset, also those that a later one replaced, in the order of their rows. */
export async function completedImports(datasetId: string, tx: Transaction = db()): Promise<SeenImport[]> {
  const found = await tx.import.findMany({
    where: { datasetId, status: 'COMPLETED', publication: { not: null } },
    orderBy: { id: 'asc' },
    select: selected,
  });
  return found.map(published);
}

/** These imports, whether they are completed or undone, in the order of their rows. */
export async function readSeen(ids: number[]): Promise<SeenImport[]> {
  const found = await db().import.findMany({
    where: { id: { in: ids }, publication: { not: null } },
    orderBy: { id: 'asc' },
    select: selected,
  });
  return found.map(published);
}

/** The imports of a dataset that readers ever saw, and how many versions of rows they wrote. */
export async function publishedImports(datasetId: string): Promise<{ ids: number[]; versions: number }> {
  const found = await db().import.findMany({
    where: { datasetId, publication: { not: null } },
    select: { id: true, rowsInserted: true, rowsUpdated: true },
  });
  return {
    ids: found.map(({ id }) => id),
    versions: found.reduce((sum, it) => sum + it.rowsInserted + it.rowsUpdated, 0),
  };
}

/** What readers see when these imports are completed, and no others. */
export function snapshotOf(completed: SeenImport[]): Snapshot {
  const floor = Math.max(0, ...completed.map((it) => (it.mode === 'REPLACE' ? it.publication : 0)));
  return { floor, imports: completed.filter((it) => it.publication >= floor) };
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
export function seeAt(datasetId: string, moment: Date | undefined): Promise<Snapshot> {
  return moment ? snapshotAsOf(datasetId, moment) : currentSnapshot(datasetId);
}

/** What readers saw until a publication, but for imports that somebody deleted since, and rows that are not kept any more. */
export async function seeBefore(datasetId: string, publication: number): Promise<Snapshot> {
  const changes = await db().datasetChange.findMany({
    where: { datasetId, revision: { lt: publication } },
    orderBy: { revision: 'asc' },
    select: { kind: true, importId: true },
  });
  return standingOf(changes);
}

async function standingOf(changes: { kind: ChangeKind; importId: number }[]): Promise<Snapshot> {
  const standing = new Map(changes.map(({ importId, kind }) => [importId, kind]));
  const ids = [...standing].flatMap(([id, kind]) => (kind === 'UNDONE' ? [] : [id]));
  return snapshotOf(await readSeen(ids));
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

function published(it: Omit<SeenImport, 'publication'> & { publication: number | null }): SeenImport {
  return { ...it, publication: it.publication ?? 0 };
}
