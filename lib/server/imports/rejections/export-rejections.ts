import { z } from 'zod';
import { recordEvent } from '@/lib/server/audit/record-event';
import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { db } from '@/lib/server/platform/db/client';
import type { Download } from '@/lib/server/platform/download';
import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';
import { isTransformed, sourcesOf } from '@/lib/shared/columns/transform/compile-transform';
import { csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import { ownColumns, stepsDone } from '@/lib/shared/schema/file/own-columns';
import { fitsWorkbook, mostInWorkbook } from '@/lib/shared/schema/file/workbook-limits';
import { storedInspection, storedMapping } from '@/lib/shared/schema/import/stored-import';
import { isOwn } from '../find-import';
import { findWithFile } from '../source/assert-file-kept';
import type { FoundImport } from '../view';
import { countRejections } from './chunks';
import { readRejections } from './read-rejections';
import { type RejectionRecord, writeRejectionWorkbook } from './write-rejection-workbook';

export const exportRejectionsQuery = z.object({ format: z.enum(['csv', 'xlsx']).default('csv') });
export type RejectionsFormat = z.infer<typeof exportRejectionsQuery>['format'];

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const recordsAtATime = 500;

/**
 * Every rejected row as a file to work on: where it belongs, its raw cells, and the reasons. Corrected, it can be
 * dropped into the import's review. Who only manages the dataset gets the columns that go into it.
 * @throws AppError `not-found`, `gone`; `conflict` before its file was read, and for more rows than a workbook has room
 *   for
 */
export async function exportRejections(id: string, format: RejectionsFormat, user: User): Promise<Download> {
  const record = await findWithFile(id, user);
  if (format === 'xlsx' && !fitsWorkbook(await countRejections(record.id)))
    throw new AppError(
      'conflict',
      `There are more than ${mostInWorkbook.toLocaleString('en')} rejected rows, too many for a workbook. Download them as CSV.`,
    );
  const layout = layoutOf(record, user);
  const on = { id: record.publicId };
  const facts = { format };
  await recordEvent(db(), { kind: 'REJECTIONS_EXPORTED', by: user, on, dataset: record.dataset, facts });
  const name = `${record.fileName} - rejected rows`;
  if (format === 'csv')
    return { fileName: `${name}.csv`, type: 'text/csv', pieces: csvPieces(record, layout) };
  const pieces = writeRejectionWorkbook(layout.header, records(record, layout));
  return { fileName: `${name}.xlsx`, type: workbookType, pieces };
}

interface FileLayout {
  header: string[];
  /** Positions in the import's file of the columns that are given out. */
  places: number[];
  /** Those whose cells in the file are given out as well: elsewhere only what was stored is. */
  fromFile: Set<number>;
  /** Cells that a full row has. */
  width: number;
  /** Values are made in steps: imported again, a row says whether its cells went through them. */
  hasSteps: boolean;
  /** Where the mapped columns' names stand in the header. */
  placeOf: Map<string, number>;
}

function layoutOf(record: FoundImport, user: User): FileLayout {
  const mapping = record.mapping === null ? [] : storedMapping.parse(record.mapping);
  if (record.inspection === null)
    throw new AppError('conflict', 'This import has no rejected rows: nothing of its file was read so far.');
  const { columns, width } = storedInspection.parse(record.inspection);
  const all = columns.map((_, index) => index);
  const fromFile = new Set(isOwn(record, user) ? all : mapping.flatMap(sourcesOf));
  const shown = new Set([...fromFile, ...mapping.map(({ index }) => index)]);
  const places = all.filter((place) => shown.has(place));
  const names = places.map((place) => columns[place]?.name ?? '');
  const hasSteps = mapping.some(isTransformed);
  const steps = hasSteps ? [ownColumns.stored] : [];
  const header = [ownColumns.import, ownColumns.row, ...names, ownColumns.rest, ...steps, ownColumns.reason];
  const placeOf = new Map(
    mapping.map((column) => [column.name, places.indexOf(sourcesOf(column)[0] ?? -1) + 2]),
  );
  return { header, places, fromFile, width, hasSteps, placeOf };
}

async function* records(record: FoundImport, layout: FileLayout): AsyncGenerator<RejectionRecord> {
  for await (const row of readRejections(record.id)) yield recordOf(record.publicId, row, layout);
}

/** Opened in a spreadsheet program, so formulas are escaped. */
function recordOf(
  importId: string,
  { rowNumber, cells, cellsForm, reasons }: RejectedRow,
  { header, places, fromFile, width, hasSteps, placeOf }: FileLayout,
): RejectionRecord {
  const faults = new Map<number, string>();
  for (const { column, reason } of reasons) {
    const place = column === null ? 1 : (placeOf.get(column) ?? 1);
    faults.set(place, [faults.get(place), reason].filter(Boolean).join(' '));
  }
  const said = reasons.map(({ column, reason }) => (column === null ? reason : `${column}: ${reason}`));
  const values = [
    importId,
    String(rowNumber),
    ...places.map((place) =>
      escapeFormula((cellsForm === 'CANONICAL' || fromFile.has(place) ? cells[place] : undefined) ?? ''),
    ),
    escapeFormula(
      // Behind the stored values of the file's columns stand those of columns that were added.
      (cellsForm === 'RAW' ? cells.slice(width) : []).join(' | ').replace(/^[ |]+$/, ''),
    ),
    ...(hasSteps ? [cellsForm === 'CANONICAL' ? stepsDone : ''] : []),
    escapeFormula(said.join('; ')),
  ];
  faults.set(header.length - 1, said.join('; '));
  return { cells: values, faults };
}

/** With a byte order mark: without one, Excel takes the file for one of another encoding. */
async function* csvPieces(record: FoundImport, layout: FileLayout): AsyncGenerator<string> {
  let text = `\ufeff${csvRecord(layout.header.map(escapeFormula))}`;
  let waiting = 0;
  for await (const { cells } of records(record, layout)) {
    text += csvRecord(cells);
    if (++waiting < recordsAtATime) continue;
    yield text;
    text = '';
    waiting = 0;
  }
  yield text;
}
