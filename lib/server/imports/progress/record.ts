import { db } from '@/lib/server/platform/db/client';
import { Fenced, messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';

/** Figures of one running attempt, changed in place by the stage and written down from time to time. */
export interface Figures {
  rowsRead: number;
  rowsStored: number;
  rowsRejected: number;
  /** Rows of nothing but blanks, which are not among those read. */
  rowsLeftOut: number;
  bytesRead: number;
}

/** An event at least every 500 ms while rows flow; the write itself takes a few. */
const everyMilliseconds = 400;

/** The most memory this process ever held, in MB. */
export function peakRssMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

/**
 * Writes the figures down (also unchanged ones: that is how a cancelled import is noticed during a stall), outside the segments' transactions; a trigger tells the web server.
 * @param onFenced called when the import was cancelled or another attempt took over
 * @returns stops it, with the last figures written down
 */
export function recordProgress(
  importId: number,
  attempt: number,
  figures: Figures,
  onFenced: (error: Fenced) => void,
): () => Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  let busy = false;
  const write = async () => {
    if (busy) return;
    busy = true;
    try {
      const { count } = await db().import.updateMany({
        where: { id: importId, attempt, status: 'STAGING' },
        data: { ...figures, peakRssMb: peakRssMb() },
      });
      if (count === 0) onFenced(new Fenced());
    } catch (error) {
      // Only figures: the segment that is being written finds out by itself whether the database is gone.
      log().warn({ err: messageOf(error), importId }, 'progress was not written');
    } finally {
      busy = false;
    }
  };
  const timer = setInterval(() => (writing = write()), everyMilliseconds);
  return async () => {
    clearInterval(timer);
    await writing;
    // An attempt that ends between two moments says how far it came.
    await write();
  };
}
