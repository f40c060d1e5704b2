import { db } from '@/lib/db/client';
import { jsonValue } from '@/lib/db/json';
import { layoutChoicesInput } from '@/lib/imports/contract';
import { type StoredInspection, storedLayout } from '@/lib/imports/stored';
import { objectSource } from '@/lib/storage/object-source';
import { proposeColumn } from '../check/propose';
import { inspect } from '../read/inspect';

/** Rows of the sample that are kept for the preview; types are proposed from all of it. */
const keptRows = 100;
/** Characters of a cell in the preview. */
const keptCharacters = 300;

/**
 * Reads the head of an uploaded file, proposes how to read it, and hands the import to the person.
 * @throws ImportFailure for a file that cannot be imported
 */
export async function inspectImport(importId: number, signal: AbortSignal): Promise<void> {
  const it = await db().import.findUnique({ where: { id: importId } });
  if (it?.status !== 'INSPECTING' || !it.etag) return;
  const source = objectSource(
    { key: it.objectKey, etag: it.etag, size: Number(it.fileSize), name: it.fileName },
    signal,
  );
  const found = await inspect(source, layoutChoicesInput.parse(it.choices ?? {}));
  const inspection: StoredInspection = {
    layout: storedLayout.parse(found.layout),
    width: found.columns.length,
    columns: found.columns.map((name, i) =>
      proposeColumn(name, i, found.sample, found.layout.format === 'xlsx'),
    ),
    sample: found.sample.slice(0, keptRows).map(({ row, cells }) => ({ row, cells: cells.map(preview) })),
    warnings: found.warnings,
  };
  await db().import.updateMany({
    where: { id: importId, status: 'INSPECTING' },
    data: { status: 'MAPPING', inspection: jsonValue(inspection) },
  });
}

function preview(cell: string): string {
  const text = cell.length > keptCharacters ? `${cell.slice(0, keptCharacters - 1)}…` : cell;
  return text.replaceAll('\0', '␀').toWellFormed();
}
