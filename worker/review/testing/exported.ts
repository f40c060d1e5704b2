import { expect } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { publishImport } from '@/lib/server/imports/publish-import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { owner } from '@/testing/people';
import { runStage } from '@/worker/testing/run-import';

/** Publishes a reviewed import. @returns its dataset as CSV, with line feeds */
export async function exported(record: ImportDetails): Promise<string> {
  const user = await owner();
  await publishImport(record.id, user);
  expect(await runStage(record.id, user)).toMatchObject({ status: 'COMPLETED' });
  let text = '';
  const dataset = await findDataset(record.dataset?.slug ?? '', user);
  for await (const piece of exportRows(dataset, { format: 'csv' })) text += piece;
  return text.replaceAll('\r\n', '\n');
}
