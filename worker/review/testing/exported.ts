import { expect } from 'vitest';
import { owner } from '@/e2e/setup/people';
import { runStage } from '@/e2e/setup/run-import';
import { findDataset } from '@/lib/datasets/find-dataset';
import type { ImportDetails } from '@/lib/imports/contract';
import { publishImport } from '@/lib/imports/publish-import';
import { exportRows } from '@/lib/rows/export/export-rows';

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
