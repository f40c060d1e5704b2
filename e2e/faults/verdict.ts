import { setTimeout as sleep } from 'node:timers/promises';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { readRowPage } from '@/lib/server/datasets/rows/read-rows';
import { datasetTable } from '@/lib/server/datasets/storage/dataset-table';
import { readAddedRows } from '@/lib/server/datasets/versions/read-added-rows';
import { getImport } from '@/lib/server/imports/get-import';
import { countRejections } from '@/lib/server/imports/rejections/chunks';
import { db } from '@/lib/server/platform/db/client';
import { countRows } from '@/testing/count-rows';
import { datasetFaults } from '@/testing/invariants';
import { owner } from '@/testing/people';
import type { Run } from './laboratory';
import { contentHash } from './make-file';

const pageRows = 20_000;

/** What readers of the import's dataset see, as a hash and a count. */
async function seen(run: Run): Promise<{ rows: number; hash: string }> {
  const { dataset } = await db().import.findUniqueOrThrow({
    where: { id: run.importId },
    select: { dataset: true },
  });
  if (!dataset) return { rows: 0, hash: contentHash([]) };
  const table = datasetTable(dataset);
  const where = { datasetId: dataset.id, status: 'COMPLETED' } as const;
  const rows: { number: number; values: (string | null)[] }[] = [];
  for (const record of await db().import.findMany({ where })) {
    for (let after = 0; ; ) {
      const page = await readAddedRows(table, record, after, pageRows);
      for (const { rowNumber, values } of page) rows.push({ number: rowNumber, values });
      if (page.length < pageRows) break;
      after = page.at(-1)?.rowNumber ?? 0;
    }
  }
  return { rows: rows.length, hash: contentHash(rows) };
}

/** What is wrong with an import that should have completed: exactly once, nothing lost, nothing double. Empty: nothing. */
export async function completedFaults(run: Run): Promise<string[]> {
  const { file } = run;
  const { status, rows, failure } = await getImport(run.id, await owner());
  const found: string[] = [];
  if (status !== 'COMPLETED')
    found.push(`it is ${status}: ${failure?.reason ?? ''} ${failure?.message ?? ''}`);
  const counted = { read: rows.read, inserted: rows.inserted, rejected: rows.rejected };
  const wanted = { read: file.rows, inserted: file.rows - file.rejected, rejected: file.rejected };
  if (JSON.stringify(counted) !== JSON.stringify(wanted)) {
    found.push(`the receipt says ${JSON.stringify(counted)} instead of ${JSON.stringify(wanted)}`);
  }
  const rejections = await countRejections(run.importId);
  if (rejections !== file.rejected) found.push(`${rejections} rejections instead of ${file.rejected}`);
  const content = await seen(run);
  if (content.hash !== file.hash) found.push(`the content differs: ${content.rows} rows`);
  found.push(...(await datasetFaults()));
  return found;
}

/** What is wrong after an import that should have failed like this: nothing visible, its rows purged. */
export async function failedFaults(run: Run, reason: string): Promise<string[]> {
  const user = await owner();
  const view = await getImport(run.id, user);
  const found: string[] = [];
  if (view.status !== 'FAILED' || view.failure?.reason !== reason) {
    found.push(`it is ${view.status} ${view.failure?.reason ?? ''} instead of FAILED ${reason}`);
  }
  if (view.dataset) {
    const page = await readRowPage(await findDataset(view.dataset.slug, user), { limit: 1 });
    if (page.rows.length > 0) found.push('readers see rows of it');
  }
  let left = 0;
  for (let i = 0; i < 100; i++) {
    left = await countRows(run.importId);
    if (left === 0) break;
    await sleep(100);
  }
  if (left > 0) found.push(`${left} rows were not purged`);
  found.push(...(await datasetFaults()));
  return found;
}
