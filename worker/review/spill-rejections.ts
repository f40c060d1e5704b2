import {
  countChunk,
  keptRejections,
  mostInChunk,
  RejectionLines,
  removeChunks,
  writeChunk,
} from '@/lib/server/imports/rejections/chunks';
import { type FoundRejection, rejectedRow } from '@/lib/server/imports/rejections/read-rejections';
import { db } from '@/lib/server/platform/db/client';
import { stageAccepted } from './stage-accepted';

/**
 * Puts rows that were rejected for a value that is there twice into objects, where the database holds more rejections
 * than it keeps: they can be as many as the file has rows. Each object commits by itself.
 * @throws Fenced when the import was cancelled or taken over
 */
export async function spillRepeated(record: { id: number; attempt: number }): Promise<void> {
  const where = { importId: record.id };
  for (;;) {
    const over = (await db().rejection.count({ where })) - keptRejections;
    if (over <= 0) break;
    // From the end of the file on, so that the first of it stay.
    const last = await db().$queryRaw<FoundRejection[]>`
      select "rowNumber", cells, "cellsForm", staged, reasons from "Rejection"
      where "importId" = ${record.id} and "cellsForm" = 'CANONICAL' and not staged
      order by "rowNumber" desc limit ${Math.min(over, mostInChunk.rows)}`;
    if (last.length === 0) break;
    const lines = new RejectionLines();
    const numbers: number[] = [];
    let characters = 0;
    const rows = last.map(rejectedRow);
    const taken = rows.findIndex(({ cells }) => {
      characters += cells.reduce((sum, cell) => sum + cell.length, 0);
      return characters > mostInChunk.characters;
    });
    for (const row of rows.slice(0, taken < 0 ? rows.length : taken + 1).reverse()) {
      lines.add(row);
      numbers.push(row.rowNumber);
    }
    const objectKey = await writeChunk(record.id, lines);
    await stageAccepted(record, async (tx) => {
      await tx.rejection.deleteMany({ where: { ...where, rowNumber: { in: numbers } } });
      await countChunk(tx, objectKey, lines);
    });
  }
  await removeChunks(record.id, 'uncounted');
}
