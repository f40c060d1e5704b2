import { AppError } from '@/lib/server/platform/errors';
import type { User } from '@/lib/server/platform/user';

/** A browser keeps one for the tab that is in sight; scripts may have some too. */
export const streamsAPerson = 20;
/** After this time a page that was refused tries again. */
const retrySeconds = 10;

/** One for the process, however often bundles load this module. */
declare global {
  var sluiceStreams: Map<string, number> | undefined;
}

/**
 * Counts a progress stream that a person opens on this web server.
 * @returns gives the place back, once
 * @throws AppError `too-many-requests` above {@link streamsAPerson}
 */
export function openStream({ id }: User): () => void {
  globalThis.sluiceStreams ??= new Map();
  const streams = globalThis.sluiceStreams;
  const open = streams.get(id) ?? 0;
  if (open >= streamsAPerson) {
    throw new AppError(
      'too-many-requests',
      `You have ${open} progress streams open, as many as one person may. Close some pages or scripts.`,
      {},
      retrySeconds,
    );
  }
  streams.set(id, open + 1);
  let given = false;
  return () => {
    if (given) return;
    given = true;
    const left = (streams.get(id) ?? 1) - 1;
    if (left > 0) streams.set(id, left);
    else streams.delete(id);
  };
}
