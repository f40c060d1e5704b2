import type { InspectionView } from '@/lib/shared/schema/file/inspection';

/** Where one upload of this tab stands. */
export type UploadPhase =
  | 'opening'
  /** The server takes no more uploads for now; it is asked again by itself. */
  | 'waiting'
  | 'sending'
  | 'paused'
  /** The connection broke; it goes on by itself. */
  | 'retrying'
  | 'finishing'
  | 'done'
  | 'failed';

/** One upload of this tab, as screens show it. */
export interface UploadItem {
  /** The tab's own name for it: what goes up has no id until the server answered. */
  key: string;
  /** Of the import, or of the file of corrected rows. */
  id: string | null;
  /** The import whose rejected rows the file brings again; null: it is the file of an import of its own. */
  corrects: string | null;
  fileName: string;
  fileSize: number;
  phase: UploadPhase;
  bytesSent: number;
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** What its first bytes look like; null before they were looked at, and where only the worker can tell. */
  seen: InspectionView | null;
  /** What went wrong, for a person. */
  error: string | null;
}

/** True while closing the tab would interrupt it. */
export function isUnderWay(item: UploadItem): boolean {
  return item.phase !== 'done' && item.phase !== 'failed';
}

/** Where a person goes on with it. */
export function pageOf({ id, corrects }: UploadItem): string {
  return `/imports/${corrects ?? id}`;
}

/** A file that is about to go up. */
export function newItem(key: string, file: File, corrects: string | null): UploadItem {
  return {
    key,
    id: null,
    corrects,
    fileName: file.name,
    fileSize: file.size,
    phase: 'opening',
    bytesSent: 0,
    bytesPerSecond: null,
    secondsLeft: null,
    seen: null,
    error: null,
  };
}
