/** Every status, in the order of an import's life. */
export const statuses = [
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
] as const;
export type ImportStatus = (typeof statuses)[number];

/** Which status may follow which: see `transition`, through which every change of a status goes. */
const next: Record<ImportStatus, readonly ImportStatus[]> = {
  UPLOADING: ['INSPECTING', 'FAILED', 'CANCELLED'],
  // COMPLETED: a file of corrected rows, which another import takes in.
  INSPECTING: ['MAPPING', 'COMPLETED', 'FAILED', 'CANCELLED'],
  MAPPING: ['INSPECTING', 'QUEUED', 'FAILED', 'CANCELLED'],
  QUEUED: ['STAGING', 'FAILED', 'CANCELLED'],
  // A later attempt takes over.
  STAGING: ['STAGING', 'REVIEW', 'PUBLISHING', 'FAILED', 'CANCELLED'],
  REVIEW: ['QUEUED', 'PUBLISHING', 'FAILED', 'CANCELLED'],
  // Back to a person where an import that came in between makes rows of this one be rejected.
  // Cancelled in this very moment only by a deletion.
  PUBLISHING: ['REVIEW', 'COMPLETED', 'FAILED', 'CANCELLED'],
  // Failed: a file of corrected rows that turned out to be damaged while it was taken in.
  COMPLETED: ['UNDONE', 'FAILED'],
  UNDONE: ['COMPLETED'],
  FAILED: [],
  CANCELLED: [],
};

/** The statuses from which an import may go to `to`. */
export function statusesBefore(to: ImportStatus): ImportStatus[] {
  return statuses.filter((from) => next[from].includes(to));
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
