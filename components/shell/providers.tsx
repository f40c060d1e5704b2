'use client';

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/components/api/client';
import { LiveProvider } from '@/components/live/live-provider';
import { Toaster } from '@/components/ui/toaster';
import { UploadProvider } from '@/components/uploads/upload-provider';

/** Only silence and overload are worth asking again; the server means its other answers. */
function mayRetry(failures: number, error: Error): boolean {
  const passing = !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
  return passing && failures < 2;
}

/** Everything that lives as long as the tab: the query cache, the event stream, uploads, messages. */
export function Providers({ nonce, children }: { nonce?: string; children: ReactNode }) {
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: mayRetry, staleTime: 5_000 } } }),
  );
  // Dialogs write a style element that keeps the page behind them from scrolling.
  if (nonce) setNonce(nonce);
  return (
    <QueryClientProvider client={client}>
      <Toaster>
        <LiveProvider>
          <UploadProvider>{children}</UploadProvider>
        </LiveProvider>
      </Toaster>
    </QueryClientProvider>
  );
}
