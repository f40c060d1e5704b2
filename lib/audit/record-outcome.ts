import type { Transaction } from '../db/client';
import { recordEvent } from './record-event';

/**
 * Writes down how an import ended: under the name of its person, who wanted it, though a worker brought it about.
 * The reason of a failure goes in by its code, since its message may quote the file.
 */
export async function recordOutcome(tx: Transaction, importId: number): Promise<void> {
  const it = await tx.import.findUniqueOrThrow({
    where: { id: importId },
    select: {
      publicId: true,
      status: true,
      failureReason: true,
      rowsInserted: true,
      rowsUpdated: true,
      rowsRejected: true,
      user: { select: { id: true, name: true } },
      dataset: { select: { id: true, name: true } },
    },
  });
  const common = { by: it.user, on: { id: it.publicId }, dataset: it.dataset };
  if (it.status === 'COMPLETED') {
    const facts = { rows: it.rowsInserted + it.rowsUpdated, rejected: it.rowsRejected };
    await recordEvent(tx, { kind: 'IMPORT_COMPLETED', ...common, facts });
  } else if (it.status === 'FAILED') {
    await recordEvent(tx, {
      kind: 'IMPORT_FAILED',
      ...common,
      facts: { reason: it.failureReason ?? 'INTERNAL' },
    });
  }
}
