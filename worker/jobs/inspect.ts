import { transition } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { proposeColumns } from '@/lib/shared/columns/infer/infer-column';
import { columnNames } from '@/lib/shared/csv/column-names';
import { layoutChoicesInput } from '@/lib/shared/schema/imports';
import { type StoredInspection, storedLayout } from '@/lib/shared/schema/stored-import';
import { inspect, rowWidths } from '../read/inspect';
import { receiveCorrection } from '../review/receive-correction';

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
  const object = { key: it.objectKey, etag: it.etag, size: Number(it.fileSize), name: it.fileName };
  const source = { ...objectSource(object, signal), mostUnpacked: await unpackedQuota(it) };
  const found = await inspect(
    source,
    layoutChoicesInput.parse(it.corrects ? { headerRow: 1 } : (it.choices ?? {})),
  );
  const names = columnNames(found.columns.map(shortened), found.columns.length).columns;
  const proposals = proposeColumns(names, found.sample, rowWidths(found));
  const inspection: StoredInspection = {
    layout: storedLayout.parse(found.layout),
    width: found.columns.length,
    columns: proposals.columns,
    sample: found.sample.slice(0, keptRows).map(shown),
    top: found.top.map(shown),
    headerSure: found.headerSure,
    leftOut: found.leftOut.map(({ kind, isLeftOut, says }) => ({ kind, isLeftOut, says })),
    encodings: found.encodings ?? [],
    warnings: [...found.warnings, ...proposals.warnings, ...found.columns.filter(isLong).map(shortening)],
  };
  if (it.corrects) return receiveCorrection(it, it.corrects, inspection);
  const which = { id: importId, status: 'INSPECTING' } as const;
  await transition(db(), which, 'MAPPING', {
    inspection: jsonValue(inspection),
    inspections: { increment: 1 },
  });
}

/** A column's name has at most 200 characters; a number behind a repeated one still fits. */
const nameCharacters = 190;
const isLong = (name: string) => name.length > nameCharacters;
const shortened = (name: string) =>
  isLong(name) ? `${name.slice(0, nameCharacters).toWellFormed()}…` : name;
const shortening = (name: string) =>
  `The column name “${name.slice(0, 40).toWellFormed()}…” has ${name.length} characters and was shortened to ${nameCharacters}.`;

const shown = ({ row, cells }: { row: number; cells: string[] }) => ({ row, cells: cells.map(preview) });

function preview(cell: string): string {
  const text = cell.length > keptCharacters ? `${cell.slice(0, keptCharacters - 1)}…` : cell;
  return text.replaceAll('\0', '␀').toWellFormed();
}
