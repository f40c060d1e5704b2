import type { Transaction } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';

const soonSeconds = 60;

/**
 * For requests that write rows of an import: only tables of their own are written to.
 * @throws AppError `unavailable` while the rows of its dataset are being moved there
 */
export async function assertMoved(tx: Transaction, importId: number): Promise<void> {
  const where = { id: importId, dataset: { rowStorage: 'SHARED' } } as const;
  if ((await tx.import.count({ where })) === 0) return;
  throw new AppError(
    'unavailable',
    'Sluice was updated and is still moving the rows of this dataset. Try again in a minute.',
    undefined,
    soonSeconds,
  );
}
