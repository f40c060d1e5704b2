'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { getHealth } from '@/components/api/health';
import { formatDuration } from '@/components/format/duration';
import { useConnected } from '@/components/live/live-provider';
import { Notice } from '@/components/ui/notice';
import type { ImportView } from '@/lib/shared/schema/import/import';

/** As often as workers give signs of life. */
const askMs = 2_000;
/** The figures of a running import are written down every 400 ms, also when they are the same. */
const staleMs = 6_000;

/**
 * Says that no worker is there, or that the one which has this import does not answer, within ten seconds of its last
 * sign of life. Otherwise shows what is given.
 */
export function WorkerNotice({
  view,
  children,
}: {
  view: Pick<ImportView, 'status' | 'sequence'>;
  children?: React.ReactNode;
}) {
  const connected = useConnected();
  const { data: health, dataUpdatedAt } = useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => getHealth(signal),
    refetchInterval: askMs,
    staleTime: 0,
  });
  const [changed, setChanged] = useState({ sequence: view.sequence, at: Date.now() });
  if (changed.sequence !== view.sequence) setChanged({ sequence: view.sequence, at: Date.now() });
  if (!health) return children;
  const { silent, seenSecondsAgo, problem } = health.workers;
  if (problem !== null) {
    return (
      <Notice tone="warn" title={problem}>
        {seenSecondsAgo !== null && `The last sign of one came ${formatDuration(seenSecondsAgo)} ago. `}
        Nothing is lost: imports wait, and continue by themselves as soon as a worker runs.
      </Notice>
    );
  }
  const stale = view.status === 'STAGING' && connected && dataUpdatedAt - changed.at > staleMs;
  if (stale && silent > 0) {
    return (
      <Notice tone="warn" title="The worker of this import does not answer">
        Another worker will go on where this one stopped. Nothing is lost.
      </Notice>
    );
  }
  return children;
}
