import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { db } from '@/lib/server/platform/db/client';
import { storedReasons } from '@/lib/shared/schema/stored-import';
import { chunksOf, readChunk } from './chunks';

/** Each may have a megabyte. */
const pageRows = 200;
const storedCells = z.array(z.string());

/** A rejection as the database keeps it. */
export function rejectedRow(found: { rowNumber: number; cells: unknown; reasons: unknown }): RejectedRow {
  return {
    rowNumber: found.rowNumber,
    cells: storedCells.parse(found.cells),
    reasons: storedReasons.parse(found.reasons),
  };
}

/** All rejected rows of an import: those that the database keeps, and those in objects. */
export async function* readRejections(importId: number): AsyncGenerator<RejectedRow> {
  let after = 0;
  for (;;) {
    const found = await db().rejection.findMany({
      where: { importId, rowNumber: { gt: after } },
      orderBy: { rowNumber: 'asc' },
      take: pageRows,
    });
    for (const row of found) yield rejectedRow(row);
    if (found.length < pageRows) break;
    after = found.at(-1)?.rowNumber ?? after;
  }
  for (const { objectKey } of await chunksOf(importId)) yield* await readChunk(objectKey);
}
