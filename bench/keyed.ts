import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { owner } from '@/testing/people';
import { type Measured, measureImport } from './run-import';

const key = ['order_id'];

/** New keys into a new dataset. */
export function measureKeyedInsert(path: string, environment: Record<string, string>): Promise<Measured> {
  return measureImport(path, environment, { dataset: { name: `keyed ${crypto.randomUUID()}` }, key });
}

/** Every row of a dataset updated, after it was filled; then undone, with the seconds until readers see that. */
export async function measureKeyedUpdate(
  path: string,
  changed: string,
  environment: Record<string, string>,
): Promise<Measured & { undoSeconds: number }> {
  const { datasetId } = await measureKeyedInsert(path, environment);
  const measured = await measureImport(changed, environment, { dataset: { id: datasetId }, key });
  const begin = performance.now();
  await undoImport(measured.id, await owner());
  return { ...measured, undoSeconds: (performance.now() - begin) / 1000 };
}
