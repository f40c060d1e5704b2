import { recordEvent } from '../audit/record-event';
import type { User } from '../auth/require-user';
import { db } from '../db/client';
import type { Download } from '../http';
import { findWithFile } from '../imports/deleted-file';
import { csvRecord, escapeFormula } from '../rows/export-rows';
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
    yield page.rejections
      .map(({ row, column, value, reason }) =>
        csvRecord([String(row), escapeFormula(column ?? ''), escapeFormula(value), reason]),
      )
      .join('');
    after = page.next;
  }
}
