import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { db, type Transaction } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { deleteObject, getObject, putObject } from '@/lib/server/platform/storage/objects';
import { KiB, MiB } from '@/lib/shared/bytes';
import { CauseCount } from './cause-count';
import { chunkLine } from './chunk-line';
import { storableRejection } from './storable-rejection';

/**
 * Rejections that an import keeps in the database, the first of its file. A file of millions of bad rows would
 * otherwise make a second table of itself there; nobody looks at more of them one by one. All others are in objects.
 */
export const keptRejections = 10_000;

/** Rejected rows in one object at most, and characters of them: whoever reads it has them in memory as text. */
export const mostInChunk = { rows: 5_000, characters: 4 * MiB };

const removal = { timeout: 60_000, maxWait: 30_000 };

/** Characters that are packed together: enough for gzip to find what repeats. */
const packedCharacters = 64 * KiB;

/**
 * Rejected rows on their way into an object: kept as gzip, which is a hundredth of what they take as objects, and outside
 * of the heap.
 */
export class RejectionLines {
  rows = 0;
  /** Characters of all lines: what whoever reads the object has in memory. */
  characters = 0;
  private pending: string[] = [];
  private pendingCharacters = 0;
  /** Members of one gzip stream. */
  private packed: Buffer[] = [];
  private readonly counted = new CauseCount();
  private first = 0;
  private last = 0;

  /** @returns how many characters it takes */
  add(row: RejectedRow): number {
    if (this.rows++ === 0) this.first = row.rowNumber;
    this.last = row.rowNumber;
    const storable = storableRejection(row);
    this.counted.add(storable.rowNumber, storable.reasons);
    const line = `${JSON.stringify(storable)}\n`;
    this.pending.push(line);
    this.pendingCharacters += line.length;
    this.characters += line.length;
    if (this.pendingCharacters >= packedCharacters) this.pack();
    return line.length;
  }

  get firstRow(): number {
    return this.first;
  }

  get lastRow(): number {
    return this.last;
  }

  causes() {
    return this.counted.causes();
  }

  /** The object's content, which is not kept any longer. */
  take(): Buffer {
    this.pack();
    const content = Buffer.concat(this.packed);
    this.packed = [];
    return content;
  }

  private pack(): void {
    if (this.pending.length === 0) return;
    this.packed.push(gzipSync(this.pending.join(''), { level: 1 }));
    this.pending = [];
    this.pendingCharacters = 0;
  }
}

/**
 * Writes an object of rejections. It counts from {@link countChunk} on; its key is written down before it exists, so
 * that whatever happens in between it is found and removed with its import.
 * @returns its key
 */
export async function writeChunk(importId: number, lines: RejectionLines): Promise<string> {
  const objectKey = `imports/rejected-${randomUUID()}`;
  await db().rejectionChunk.create({ data: { objectKey, importId } });
  await putObject(objectKey, lines.take());
  return objectKey;
}

/** Makes an object count, in the transaction that its rows belong to. */
export async function countChunk(
  tx: Transaction,
  objectKey: string,
  lines: RejectionLines,
  staged = false,
): Promise<void> {
  const { firstRow, lastRow, rows } = lines;
  const data = { counts: true, staged, firstRow, lastRow, rows, causes: jsonValue(lines.causes()) };
  await tx.rejectionChunk.update({ where: { objectKey }, data });
}

/** The objects of an import that count, in the order of the file. */
export function chunksOf(importId: number) {
  return db().rejectionChunk.findMany({ where: { importId, counts: true }, orderBy: { firstRow: 'asc' } });
}

/** The rows of one object, in the order of the file. */
export async function readChunk({
  objectKey,
  staged,
}: {
  objectKey: string;
  staged: boolean;
}): Promise<RejectedRow[]> {
  const form = chunkLine(staged);
  const text = (await promisify(gunzip)(await getObject(objectKey))).toString('utf8');
  // Those of earlier versions do not end with a line break.
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => form.parse(JSON.parse(line)));
}

/** How many rejected rows of an import there are, in the database and in objects. */
export async function countRejections(importId: number, tx: Transaction = db()): Promise<number> {
  const [kept, { _sum }] = await Promise.all([
    tx.rejection.count({ where: { importId } }),
    tx.rejectionChunk.aggregate({ where: { importId, counts: true }, _sum: { rows: true } }),
  ]);
  return kept + (_sum.rows ?? 0);
}

/**
 * Removes objects of rejections: all of an import's, or those that do not count any more. One that another attempt has
 * count at this moment stays.
 */
export async function removeChunks(importId: number, which: 'all' | 'uncounted'): Promise<void> {
  const where = { importId, ...(which === 'all' ? {} : { counts: false }) };
  for (const { objectKey } of await db().rejectionChunk.findMany({ where, select: { objectKey: true } })) {
    await db().$transaction(async (tx) => {
      const { count } = await tx.rejectionChunk.deleteMany({ where: { ...where, objectKey } });
      if (count > 0) await deleteObject(objectKey);
    }, removal);
  }
}
