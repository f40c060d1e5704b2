import type { ImportView, RowCounts } from '@/lib/shared/schema/import/import';
import { replacementCounts } from '@/lib/shared/schema/review/stored-replacement';
import type { Prisma } from '../platform/db/client';
import { env } from '../platform/env';
import { correctionView, viewedCorrection } from './corrections/correction-view';
import { failureView } from './failure-view';

/** What a view needs to know of an import: for Prisma's `include`. */
export const viewed = {
  user: { select: { id: true, name: true } },
  dataset: { select: { id: true, slug: true, name: true } },
  review: {
    select: { inReviewSince: true, reviewedAt: true, secondsInReview: true, needsResolving: true },
  },
  corrections: { select: viewedCorrection, orderBy: { id: 'desc' }, take: 1 },
} satisfies Prisma.ImportInclude;

/** An import with all of its columns. */
export type FoundImport = Prisma.ImportGetPayload<{ include: typeof viewed }>;

/** What lists load: the large JSON columns stay in the database. */
export const large = {
  inspection: true,
  layout: true,
  mapping: true,
  draft: true,
} satisfies Prisma.ImportOmit;
export type ViewedImport = Omit<FoundImport, keyof typeof large>;

const dayMs = 24 * 3600_000;

/** When an import that waits in REVIEW ends by itself; null: it does not. */
export function waitsUntil(record: Pick<ViewedImport, 'status' | 'review'>): Date | null {
  const from = record.review?.reviewedAt ?? record.review?.inReviewSince;
  const days = env().KEEP_FILES_DAYS;
  return record.status === 'REVIEW' && from && days > 0 ? new Date(from.getTime() + days * dayMs) : null;
}

/** When the rows of an undone import are deleted; null: they are not, or were already. */
function redoableUntil({ status, undoneAt, rowsDeletedAt }: ViewedImport): Date | null {
  const days = env().KEEP_UNDONE_DAYS;
  return status === 'UNDONE' && undoneAt && !rowsDeletedAt && days > 0
    ? new Date(undoneAt.getTime() + days * dayMs)
    : null;
}

/**
 * The account of an import's rows: what was counted in Postgres once all are read, the live figures before. Rows that
 * replace others are told by what that changes.
 */
export function rowCounts(record: ViewedImport): RowCounts {
  const counted = record.status === 'COMPLETED' || record.status === 'UNDONE' || record.status === 'REVIEW';
  const replaced = counted ? replacementCounts(record) : null;
  return {
    read: record.rowsRead,
    inserted: replaced?.added ?? (counted ? record.rowsInserted : record.rowsStored),
    updated: replaced?.changed ?? record.rowsUpdated,
    unchanged: replaced?.kept ?? record.rowsUnchanged,
    skipped: record.rowsSkipped,
    rejected: record.rowsRejected,
  };
}

/** One import as lists and progress events show it. */
export function importView(record: ViewedImport): ImportView {
  const [correction] = record.corrections;
  const until = record.review?.inReviewSince ?? record.finishedAt ?? new Date();
  const seconds = record.startedAt
    ? Math.max(
        0,
        (until.getTime() - record.startedAt.getTime()) / 1000 - (record.review?.secondsInReview ?? 0),
      )
    : null;
  const flowing = record.status === 'STAGING' && seconds !== null && seconds > 0;
  const [done, all] = [Number(record.bytesRead), Number(record.fileSize)];
  const rowsPerSecond =
    seconds && (flowing || record.finishedAt) ? Math.round(record.rowsRead / seconds) : null;
  return {
    id: record.publicId,
    status: record.status,
    failure: record.failureReason ? failureView(record.failureReason, record.failureMessage ?? '') : null,
    file: {
      name: record.fileName,
      bytes: all,
      sha256: record.sha256,
      deletedAt: record.fileDeletedAt?.toISOString() ?? null,
    },
    dataset: record.dataset,
    user: record.user,
    mode: record.mode,
    duplicates: record.duplicates,
    onRejection: record.onRejection,
    correction: correction ? correctionView(correction) : null,
    waitsUntil: waitsUntil(record)?.toISOString() ?? null,
    publishedRevision: record.publishedRevision,
    rows: rowCounts(record),
    rowsLeftOut: record.rowsLeftOut,
    // Before counts were kept, it was every row that was there, also those that the file had as well.
    rowsRemoved: record.replaces === null ? 0 : record.rowsRemoved,
    bytesRead: done,
    rowsPerSecond,
    secondsLeft: flowing && done > 0 ? Math.max(0, (seconds * (all - done)) / done) : null,
    seconds,
    inspections: record.inspections,
    attempts: record.attempt,
    peakRssMb: record.peakRssMb,
    redoUntil: redoableUntil(record)?.toISOString() ?? null,
    rowsDeletedAt: record.rowsDeletedAt?.toISOString() ?? null,
    createdAt: record.createdAt.toISOString(),
    startedAt: record.startedAt?.toISOString() ?? null,
    finishedAt: record.finishedAt?.toISOString() ?? null,
    // What changes of its file of corrected rows is news of the import.
    sequence: String(
      correction && correction.sequence > record.sequence ? correction.sequence : record.sequence,
    ),
  };
}
