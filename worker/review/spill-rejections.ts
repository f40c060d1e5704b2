import {
  countChunk,
  keptRejections,
  RejectionLines,
  removeChunks,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db } from '@/lib/server/platform/db/client';
import { MiB } from '@/lib/shared/bytes';
import { stageAccepted } from './stage-accepted';

/** Rejected rows in one object: as many as fit into memory as text, when each is as large as they usually are. */
const rowsAtATime = 5_000;
const charactersAtATime = 4 * MiB;

/**
 * Puts rows that were rejected for a value that is there twice into objects, where the database holds more rejections
 * than it keeps: they can be as many as the file has rows. Each object commits by itself.
 * @throws Fenced when the import was cancelled or taken over
 */
export async function spillRepeated(it: { id: number; attempt: number }): Promise<void> {
  const where = { importId: it.id };
  for (;;) {
    const over = (await db().rejection.count({ where })) - keptRejections;
    if (over <= 0) break;
    // From the end of the file on, so that the first of it stay.
    const last = await db().$queryRaw<{ rowNumber: number; cells: unknown; reasons: unknown }[]>`
      select "rowNumber", cells, reasons from "Rejection"
      where "importId" = ${it.id} and reasons @> '[{"code": "not-unique"}]'
      order by "rowNumber" desc limit ${Math.min(over, rowsAtATime)}`;
    if (last.length === 0) break;
    const lines = new RejectionLines();
    const numbers: number[] = [];
    let characters = 0;
    const rows = last.map(rejectedRow);
    const taken = rows.findIndex(({ cells }) => {
      characters += cells.reduce((sum, cell) => sum + cell.length, 0);
      return characters > charactersAtATime;
    });
    for (const row of rows.slice(0, taken < 0 ? rows.length : taken + 1).reverse()) {
      lines.add(row);
      numbers.push(row.rowNumber);
    }
    const objectKey = await writeChunk(it.id, lines);
    await stageAccepted(it, [], async (tx) => {
      await tx.rejection.deleteMany({ where: { ...where, rowNumber: { in: numbers } } });
      await countChunk(tx, objectKey, lines);
    });
  }
  await removeChunks(it.id, 'uncounted');
}
