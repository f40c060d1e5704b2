import { z } from 'zod';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { db } from '@/lib/server/platform/db/client';
import type { CellsForm } from '@/lib/server/platform/db/generated/enums';
import { storedReasons } from '@/lib/shared/schema/import/stored-import';
import { chunksOf, readChunk } from './chunks';

/** Each may have a megabyte. */
const pageRows = 200;
const storedCells = z.array(z.string());

/** A rejection as the database keeps it. */
export interface FoundRejection {
  rowNumber: number;
  cells: unknown;
  cellsForm: CellsForm;
  staged: boolean;
  reasons: unknown;
}

/** A rejected row, from how the database keeps it. */
export function rejectedRow({ rowNumber, cells, cellsForm, staged, reasons }: FoundRejection): RejectedRow {
  return {
    rowNumber,
    cells: storedCells.parse(cells),
    cellsForm,
    staged,
    reasons: storedReasons.parse(reasons),
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
  for (const chunk of await chunksOf(importId)) yield* await readChunk(chunk);
}
