import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import type { Download } from '../http';
import { findWithFile } from '../imports/deleted-file';
import type { RejectionReason } from '../imports/stored';
import { csvRecord, escapeFormula } from '../rows/export-rows';
import { chunksOf, readChunk } from './chunks';
import { listRejections } from './list-rejections';

const pageRows = 1_000;

/** Every rejection as CSV: row, column, value, reason. @throws AppError `not-found`, `gone` */
export async function exportRejections(id: string, user: User): Promise<Download> {
  const it = await findWithFile(id, user);
  const on = { id: it.publicId };
  await recordEvent(db(), { kind: 'REJECTIONS_EXPORTED', by: user, on, dataset: it.dataset });
  return { fileName: `${it.fileName} - rejected rows.csv`, type: 'text/csv', pieces: records(it.id) };
}

/** Opened in a spreadsheet program, so formulas are escaped. */
async function* records(importId: number): AsyncGenerator<string> {
  yield csvRecord(['row', 'column', 'value', 'reason']);
  let after: number | null = 0;
  while (after !== null) {
    const page: Awaited<ReturnType<typeof listRejections>> = await listRejections(importId, {
      after,
      limit: pageRows,
    });
    yield page.rejections.map((it) => record(it.row, it)).join('');
    after = page.next;
  }
  for (const { objectKey } of await chunksOf(importId)) {
    const rows = await readChunk(objectKey);
    yield rows
      .flatMap(({ rowNumber, reasons }) => reasons.map((reason) => record(rowNumber, reason)))
      .join('');
  }
}

function record(
  row: number,
  { column, value, reason }: Pick<RejectionReason, 'column' | 'value' | 'reason'>,
): string {
  return csvRecord([String(row), escapeFormula(column ?? ''), escapeFormula(value), reason]);
}
