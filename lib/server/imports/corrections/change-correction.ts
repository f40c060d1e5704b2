import type { Prisma, Transaction } from '@/lib/server/platform/db/client';
import type { CorrectionStatus } from '@/lib/server/platform/db/generated/enums';

/** What may follow each status of a file of corrected rows. */
const next: Record<CorrectionStatus, CorrectionStatus[]> = {
  UPLOADING: ['INSPECTING', 'FAILED', 'CANCELLED'],
  INSPECTING: ['RECEIVED', 'FAILED', 'CANCELLED'],
  // It may turn out to be damaged further on.
  RECEIVED: ['FAILED'],
  FAILED: [],
  CANCELLED: [],
};

/**
 * The one way in which the status of a file of corrected rows changes.
 * @returns false when it was not in the status that it is to come from
 */
export async function changeCorrection(
  tx: Transaction,
  id: number,
  from: CorrectionStatus,
  {
    status,
    ...data
  }: Omit<Prisma.CorrectionFileUncheckedUpdateManyInput, 'id' | 'status'> & {
    status: CorrectionStatus;
  },
): Promise<boolean> {
  if (!next[from].includes(status))
    throw new Error(`A file of corrected rows does not go from ${from} to ${status}.`);
  const { count } = await tx.correctionFile.updateMany({
    where: { id, status: from },
    data: { ...data, status },
  });
  return count === 1;
}
