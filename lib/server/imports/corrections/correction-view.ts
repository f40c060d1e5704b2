import type { Prisma } from '@/lib/server/platform/db/client';
import type { CorrectionView } from '@/lib/shared/schema/review/correction';
import { failureView } from '../failure-view';

/** What a view needs to know of a file of corrected rows: for Prisma's `select`. */
export const viewedCorrection = {
  publicId: true,
  status: true,
  failureReason: true,
  failureMessage: true,
  fileName: true,
  fileSize: true,
  sha256: true,
  sequence: true,
  createdAt: true,
} satisfies Prisma.CorrectionFileSelect;
export type ViewedCorrection = Prisma.CorrectionFileGetPayload<{ select: typeof viewedCorrection }>;

/** A file of corrected rows as its import's page shows it. */
export function correctionView(record: ViewedCorrection): CorrectionView {
  return {
    id: record.publicId,
    status: record.status,
    failure: record.failureReason ? failureView(record.failureReason, record.failureMessage ?? '') : null,
    file: { name: record.fileName, bytes: Number(record.fileSize), sha256: record.sha256 },
    createdAt: record.createdAt.toISOString(),
  };
}
