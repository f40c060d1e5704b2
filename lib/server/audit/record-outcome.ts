import type { AuditFacts } from '@/lib/shared/schema/audit-kinds';
import { replacementCounts } from '@/lib/shared/schema/stored-replacement';
import type { Transaction } from '../platform/db/client';
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
      replaces: true,
      user: { select: { id: true, name: true } },
      dataset: { select: { id: true, name: true } },
    },
  });
  const common = { by: it.user, on: { id: it.publicId }, dataset: it.dataset };
  if (it.status === 'COMPLETED') {
    await recordEvent(tx, { kind: 'IMPORT_COMPLETED', ...common, facts: rowFacts(it) });
  } else if (it.status === 'FAILED') {
    await recordEvent(tx, {
      kind: 'IMPORT_FAILED',
      ...common,
      facts: { reason: it.failureReason ?? 'INTERNAL' },
    });
  }
}

/** How many rows an import changes, as its review and its receipt count them. */
export function rowFacts(it: {
  rowsInserted: number;
  rowsUpdated: number;
  rowsRejected: number;
  replaces: unknown;
}): AuditFacts {
  const rejected = it.rowsRejected;
  const replaced = replacementCounts(it);
  if (!replaced) return { rows: it.rowsInserted + it.rowsUpdated, rejected };
  const { removed, changed: altered, kept, added } = replaced;
  return { removed, altered, kept, added, rejected };
}
