import type { RowTarget } from '@/lib/server/datasets/rows/row-target';
import {
  charactersOf,
  type RejectedRow,
  type RowWriter,
  type Segment,
  writeRows,
} from '@/lib/server/datasets/rows/row-writer';
import type { Figures } from '@/lib/server/imports/progress/record';
import { countChunk, type RejectionLines } from '@/lib/server/imports/rejections/chunks';
import { storableRejection } from '@/lib/server/imports/rejections/storable-rejection';
import { db, type Prisma, type Transaction } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { Fenced } from '@/lib/server/platform/errors';
import { Outage } from '@/lib/server/platform/outage';
import { MiB } from '@/lib/shared/bytes';
import type { Position } from '../read/source/types';
import { prepareSession } from './sessions';

/** Rejected rows in an object of the store. */
export interface WrittenChunk {
  objectKey: string;
  lines: RejectionLines;
}

/** What one transaction commits together. */
export interface SegmentContent {
  stored: number;
  /** Those that the database keeps. */
  rejected: RejectedRow[];
  /** Those beyond, in objects that are written and do not count yet. */
  overflow: WrittenChunk[];
  /** Up to which rows were read; undefined where the segment holds none, and an earlier checkpoint stands. */
  position: Position | undefined;
  /** Figures up to and with this segment. */
  figures: Figures;
}

/** Long enough for a database that is restarted or briefly overloaded; a segment takes about a second. */
const transaction = { timeout: 15 * 60_000, maxWait: 30_000 };

/**
 * Runs one segment: opens a transaction, has rows fed into it, and commits rows, rejections and checkpoint
 * together, if this attempt is still the import's own. The commit waits for the segment before it.
 * @param feed feeds rows; what it resolves with is committed
 * @param before resolves when the earlier segment is committed
 * @throws Fenced when the import was cancelled or another attempt took over: nothing of the segment is stored
 */
export async function runSegment(
  run: { target: RowTarget; attempt: number; writer: RowWriter },
  before: Promise<void>,
  feed: (segment: Segment) => Promise<SegmentContent>,
): Promise<void> {
  await db().$transaction(async (tx) => {
    const { importId } = run.target;
    await prepareSession(tx, importId, run.attempt);
    const content = await writeRows(tx, run, feed);
    await storeRejections(tx, importId, content.rejected);
    for (const { objectKey, lines } of content.overflow) await countChunk(tx, objectKey, lines);
    await before;
    await advance(tx, { importId, attempt: run.attempt }, content);
  }, transaction);
}

/**
 * Moves the checkpoint, if the import is still this attempt's. Only the checkpoint: the live figures are further
 * on already, and progress must not step back.
 */
async function advance(
  tx: Transaction,
  run: { importId: number; attempt: number },
  { position, figures, stored, rejected, overflow }: SegmentContent,
): Promise<void> {
  const beyond = overflow.reduce((sum, { lines }) => sum + lines.rows, 0);
  const before = figures.rowsRead - stored - rejected.length - beyond;
  const { count } = await tx.import.updateMany({
    where: { id: run.importId, attempt: run.attempt, status: 'STAGING', ...checkpointAt(before) },
    data: position ? { checkpoint: jsonValue({ ...position, ...figures }) } : { attempt: run.attempt },
  });
  if (count === 0) throw await whyNotMoved(tx, run);
}

/**
 * True of an import whose checkpoint stands after so many rows. Segments commit without waiting for the disk, so a
 * database that crashes may take back the last of them, and a worker whose connections all came after the crash
 * would go on behind a gap.
 */
export function checkpointAt(rowsRead: number): Prisma.ImportWhereInput {
  return rowsRead === 0 ? {} : { checkpoint: { path: ['rowsRead'], equals: rowsRead } };
}

/** What to throw when an import was not where this attempt left it. */
export async function whyNotMoved(
  tx: Transaction,
  run: { importId: number; attempt: number },
): Promise<Error> {
  const now = await tx.import.findUnique({
    where: { id: run.importId },
    select: { attempt: true, status: true },
  });
  return now?.attempt === run.attempt && now.status === 'STAGING'
    ? new Outage('The database lost rows that it had taken (did it crash?). Going on at the checkpoint.')
    : new Fenced();
}

/** In one statement; Prisma holds its values in several forms at once, so rows of a megabyte go nearly one by one. */
const rejectionsAtATime = 500;
const rejectedCharactersAtATime = MiB;

/** Stores rejected rows. */
export async function storeRejections(
  tx: Transaction,
  importId: number,
  rejected: RejectedRow[],
): Promise<void> {
  let data: Prisma.RejectionCreateManyInput[] = [];
  let characters = 0;
  for (const row of rejected) {
    data.push({ importId, ...storableRejection(row) });
    characters += charactersOf(row);
    if (data.length < rejectionsAtATime && characters < rejectedCharactersAtATime) continue;
    await tx.rejection.createMany({ data });
    data = [];
    characters = 0;
  }
  if (data.length > 0) await tx.rejection.createMany({ data });
}
