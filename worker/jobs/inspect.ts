import { transition } from '@/lib/server/imports/transition';
import { db } from '@/lib/server/platform/db/client';
import { jsonValue } from '@/lib/server/platform/db/json';
import { unpackedQuota } from '@/lib/server/platform/limits/upload-quota';
import { objectSource } from '@/lib/server/platform/storage/object-source';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { columnNames } from '@/lib/shared/csv/column-names';
import { type LayoutChoicesInput, layoutChoicesInput } from '@/lib/shared/schema/file/layout';
import { type StoredInspection, storedLayout } from '@/lib/shared/schema/import/stored-import';
import { inspect, rowWidths } from '../read/inspect';
import { storedObject } from '../stage/stored-object';
import type { StoredFile } from '../stage/verify-bytes';

/** Rows of the sample that are kept for the preview; types are proposed from all of it. */
const keptRows = 100;
/** Characters of a cell in the preview. */
const keptCharacters = 300;

/**
 * Reads the head of an uploaded file, proposes how to read it, and hands the import to the person.
 * @throws ImportFailure for a file that cannot be imported
 */
export async function inspectImport(importId: number, signal: AbortSignal): Promise<void> {
  const record = await db().import.findUnique({ where: { id: importId } });
  if (record?.status !== 'INSPECTING') return;
  const inspection = await inspectFile(record, layoutChoicesInput.parse(record.choices ?? {}), signal);
  const which = { id: importId, status: 'INSPECTING' } as const;
  await transition(db(), which, 'MAPPING', {
    inspection: jsonValue(inspection),
    inspections: { increment: 1 },
  });
}

/**
 * What the head of an uploaded file says, and how to read the file.
 * @throws ImportFailure for a file that cannot be read
 */
export async function inspectFile(
  file: StoredFile & { userId: string | null },
  choices: LayoutChoicesInput,
  signal: AbortSignal,
): Promise<StoredInspection> {
  const { object } = await storedObject(file);
  const source = { ...objectSource(object, signal), mostUnpacked: await unpackedQuota(file) };
  const found = await inspect(source, choices);
  const names = columnNames(found.columns.map(shortened), found.columns.length).columns;
  const proposals = inferColumns(names, found.sample, rowWidths(found));
  return {
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
