import { expect } from 'vitest';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { exportRows } from '@/lib/server/datasets/rows/export/export-rows';
import { publishImport } from '@/lib/server/imports/publish-import';
import type { ImportDetails } from '@/lib/shared/schema/imports';
import { owner } from '@/testing/people';
import { runStage } from '@/worker/testing/run-import';

/** Publishes a reviewed import. @returns its dataset as CSV, with line feeds */
export async function exported(it: ImportDetails): Promise<string> {
  const user = await owner();
  await publishImport(it.id, user);
  expect(await runStage(it.id, user)).toMatchObject({ status: 'COMPLETED' });
  let text = '';
  const dataset = await findDataset(it.dataset?.slug ?? '', user);
  for await (const piece of exportRows(dataset, { format: 'csv' })) text += piece;
  return text.replaceAll('\r\n', '\n');
}
