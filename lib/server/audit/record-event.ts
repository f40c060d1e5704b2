import type { AuditFacts, AuditKind } from '@/lib/shared/schema/audit/audit-kinds';
import type { Transaction } from '../platform/db/client';
import { currentRequestSource } from '../platform/request-source';

/** Something of Sluice, by what it is called now. */
export interface Named {
  id: string;
  name: string;
}

export interface AuditEntry {
  kind: AuditKind;
  /** Who did it. Null: nobody who is known, or Sluice itself. */
  by: Named | null;
  /** What it was done to, by its public id. Without a name where that has to go with the thing (a file's). */
  on?: { id: string; name?: string };
  /** The dataset that it concerns. */
  dataset?: Named | null;
  facts?: AuditFacts;
}

/**
 * Writes down for good what somebody did, and from where.
 * @param tx the transaction of the deed, so that there is neither without the other
 */
export async function recordEvent(
  tx: Transaction,
  { kind, by, on, dataset, facts }: AuditEntry,
): Promise<void> {
  await tx.auditEvent.create({
    data: {
      kind,
      ...currentRequestSource(),
      actorId: by?.id,
      actorName: by?.name,
      subjectId: on?.id,
      subjectName: on?.name,
      datasetId: dataset?.id,
      datasetName: dataset?.name,
      facts: facts && { ...facts },
    },
    select: { id: true },
  });
}
