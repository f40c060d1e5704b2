import { formatAdvice } from '@/lib/shared/formats/other-format';
import { type FailureReason, nextStep } from '@/lib/shared/schema/failure';
import type { ImportView, RowCounts } from '@/lib/shared/schema/imports';
import { replacementCounts } from '@/lib/shared/schema/stored-replacement';
import type { Prisma } from '../platform/db/client';
import { env } from '../platform/env';

/** What a view needs to know of an import: for Prisma's `include`. */
export const viewed = {
  user: { select: { id: true, name: true } },
  dataset: { select: { id: true, slug: true, name: true } },
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
export function waitsUntil(it: Pick<ViewedImport, 'status' | 'restingSince' | 'reviewedAt'>): Date | null {
  const from = it.reviewedAt ?? it.restingSince;
  const days = env().KEEP_FILES_DAYS;
  return it.status === 'REVIEW' && from && days > 0 ? new Date(from.getTime() + days * dayMs) : null;
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
export function rowCounts(it: ViewedImport): RowCounts {
  const counted = it.status === 'COMPLETED' || it.status === 'UNDONE' || it.status === 'REVIEW';
  const replaced = counted ? replacementCounts(it) : null;
  return {
    read: it.rowsRead,
    inserted: replaced?.added ?? (counted ? it.rowsInserted : it.rowsStored),
    updated: replaced?.changed ?? it.rowsUpdated,
    unchanged: replaced?.kept ?? it.rowsUnchanged,
    skipped: it.rowsSkipped,
    rejected: it.rowsRejected,
  };
}

/** Of a format that is not read, the message ends with what to do: said once, in its place. */
function failureView(reason: FailureReason, message: string): NonNullable<ImportView['failure']> {
  const advice = formatAdvice.find((sentence) => message.endsWith(` ${sentence}`));
  return advice
    ? { reason, message: message.slice(0, -advice.length - 1), nextStep: advice }
    : { reason, message, nextStep: nextStep(reason) };
}

/** One import as lists and progress events show it. */
export function importView(it: ViewedImport): ImportView {
  const until = it.restingSince ?? it.finishedAt ?? new Date();
  const seconds = it.startedAt
    ? Math.max(0, (until.getTime() - it.startedAt.getTime()) / 1000 - it.secondsWaited)
    : null;
  const flowing = it.status === 'STAGING' && seconds !== null && seconds > 0;
  const [done, all] = [Number(it.bytesRead), Number(it.fileSize)];
  const rowsPerSecond = seconds && (flowing || it.finishedAt) ? Math.round(it.rowsRead / seconds) : null;
  return {
    id: it.publicId,
    status: it.status,
    failure: it.failureReason ? failureView(it.failureReason, it.failureMessage ?? '') : null,
    file: {
      name: it.fileName,
      bytes: all,
      sha256: it.sha256,
      deletedAt: it.fileDeletedAt?.toISOString() ?? null,
    },
    dataset: it.dataset,
    user: it.user,
    mode: it.mode,
    duplicates: it.duplicates,
    onRejection: it.onRejection,
    corrects: it.corrects,
    waitsUntil: waitsUntil(it)?.toISOString() ?? null,
    publication: it.publication,
    rows: rowCounts(it),
    rowsLeftOut: it.rowsLeftOut,
    // Before counts were kept, it was every row that was there, also those that the file had as well.
    rowsRemoved: it.replaces === null ? 0 : it.rowsRemoved,
    bytesRead: done,
    rowsPerSecond,
    secondsLeft: flowing && done > 0 ? Math.max(0, (seconds * (all - done)) / done) : null,
    seconds,
    inspections: it.inspections,
    attempts: it.attempt,
    peakRssMb: it.peakRssMb,
    redoUntil: redoableUntil(it)?.toISOString() ?? null,
    rowsDeletedAt: it.rowsDeletedAt?.toISOString() ?? null,
    createdAt: it.createdAt.toISOString(),
    startedAt: it.startedAt?.toISOString() ?? null,
    finishedAt: it.finishedAt?.toISOString() ?? null,
    sequence: it.sequence.toString(),
  };
}
