import type { ImportStatus } from '../db/generated/enums';

/** Which status may follow which. Everything that changes a status asks here. */
const next: Record<ImportStatus, readonly ImportStatus[]> = {
  UPLOADING: ['INSPECTING', 'FAILED', 'CANCELLED'],
  INSPECTING: ['MAPPING', 'FAILED', 'CANCELLED'],
  MAPPING: ['INSPECTING', 'QUEUED', 'FAILED', 'CANCELLED'],
  QUEUED: ['STAGING', 'FAILED', 'CANCELLED'],
  STAGING: ['REVIEW', 'PUBLISHING', 'FAILED', 'CANCELLED'],
  REVIEW: ['QUEUED', 'PUBLISHING', 'FAILED', 'CANCELLED'],
  PUBLISHING: ['COMPLETED', 'FAILED'],
  COMPLETED: ['UNDONE'],
  UNDONE: ['COMPLETED'],
  FAILED: [],
  CANCELLED: [],
};

/** True if an import may go from one status to the other. */
export function mayBecome(from: ImportStatus, to: ImportStatus): boolean {
  return next[from].includes(to);
}

/** The statuses from which an import may go to `to`. */
export function statusesBefore(to: ImportStatus): ImportStatus[] {
  const all: ImportStatus[] = [
    'UPLOADING',
    'INSPECTING',
    'MAPPING',
    'QUEUED',
    'STAGING',
    'REVIEW',
    'PUBLISHING',
    'COMPLETED',
    'UNDONE',
    'FAILED',
    'CANCELLED',
  ];
  return all.filter((from) => mayBecome(from, to));
}

/** True while something happens by itself and the page should follow it. */
export function isMoving(status: ImportStatus): boolean {
  return (
    status === 'UPLOADING' ||
    status === 'INSPECTING' ||
    status === 'QUEUED' ||
    status === 'STAGING' ||
    status === 'PUBLISHING'
  );
}

/** True when nothing will change any more but by undo. */
export function isFinal(status: ImportStatus): boolean {
  return status === 'COMPLETED' || status === 'UNDONE' || status === 'FAILED' || status === 'CANCELLED';
}
