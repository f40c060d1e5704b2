'use client';

import { WifiOff } from 'lucide-react';
import { useOffline } from 'next/offline';
import { useProblem } from '@/components/api/use-problem';

/**
 * Says that there is no connection: as soon as the browser knows, and otherwise when the server does not answer. Another
 * page that is opened meanwhile is waited for by the router (`useOffline` in next.config.ts), instead of being loaded
 * anew, which would end the uploads of this tab.
 */
export function OfflineNotice() {
  const offline = useOffline();
  const { isError: isUnreachable } = useProblem();
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-2 z-50 flex justify-center px-4 print:hidden"
    >
      {(offline || isUnreachable) && (
        <p className="flex items-center gap-2 rounded-xl border border-warn/40 bg-warn-soft px-4 py-2.5 text-sm font-medium shadow-2xl">
          <WifiOff aria-hidden className="size-4 shrink-0 text-warn" />
          No connection to the server. Everything continues when it is back.
        </p>
      )}
    </div>
  );
}
