'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/components/api/client';
import { SessionProvider } from '@/components/sign-in/session-provider';
import { Toaster } from '@/components/ui/toaster';
import { isSluiceOutage } from '@/lib/shared/outage-status';
import { OfflineNotice } from './offline-notice';

/** Retry only network failures and 5xx. */
function mayRetry(failures: number, error: Error): boolean {
  return failures < 2 && (!(error instanceof ApiError) || isSluiceOutage(error.status));
}

/** Everything that lives as long as the tab: the query cache, messages, and who is signed in. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: mayRetry, staleTime: 5_000 } } }),
  );
  // Dialogs write a style element that keeps the page behind them from scrolling.
  if (nonce) setNonce(nonce);
  return (
    <QueryClientProvider client={client}>
      <Toaster>
        <OfflineNotice />
        <SessionProvider>{children}</SessionProvider>
      </Toaster>
    </QueryClientProvider>
  );
}
