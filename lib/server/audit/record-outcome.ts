import type { AuditFacts } from '@/lib/shared/schema/audit/audit-kinds';
import { replacementCounts } from '@/lib/shared/schema/review/stored-replacement';
import type { Transaction } from '../platform/db/client';
import { recordEvent } from './record-event';

/**
 * Writes down how an import ended: under the name of its person, who wanted it, though a worker brought it about.
 * The reason of a failure goes in by its code, since its message may quote the file.
 */
export async function recordOutcome(tx: Transaction, importId: number): Promise<void> {
  const record = await tx.import.findUniqueOrThrow({
    where: { id: importId },
    select: {
      publicId: true,
      status: true,
      failureReason: true,
      rowsInserted: true,
      rowsUpdated: true,
      rowsRejected: true,
      replaces: true,
      user: { select: { id: true, name: true } },
      dataset: { select: { id: true, name: true } },
    },
  });
  const common = { by: record.user, on: { id: record.publicId }, dataset: record.dataset };
  if (record.status === 'COMPLETED') {
    await recordEvent(tx, { kind: 'IMPORT_COMPLETED', ...common, facts: rowFacts(record) });
  } else if (record.status === 'FAILED') {
    await recordEvent(tx, {
      kind: 'IMPORT_FAILED',
      ...common,
      facts: { reason: record.failureReason ?? 'INTERNAL' },
    });
  }
}

/** How many rows an import changes, as its review and its receipt count them. */
export function rowFacts(record: {
  rowsInserted: number;
  rowsUpdated: number;
  rowsRejected: number;
  replaces: unknown;
}): AuditFacts {
  const rejected = record.rowsRejected;
  const replaced = replacementCounts(record);
  if (!replaced) return { rows: record.rowsInserted + record.rowsUpdated, rejected };
  const { removed, changed: altered, kept, added } = replaced;
  return { removed, altered, kept, added, rejected };
}
