'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { useLiveImports } from '@/components/live/live-provider';
import { DropAnywhere } from './choose/drop-anywhere';
import { UploadTray } from './tray';
import { isUnderWay } from './upload-item';
import { UploadStore } from './upload-store';
import { UploadStoreContext } from './use-uploads';

/** Keeps this tab's uploads running on every page, and warns before closing the tab would stop them. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const live = useLiveImports();
  const [store] = useState(
    () =>
      new UploadStore(
        (view) => live.take(view),
        (importId) => live.askAgain(importId),
      ),
  );
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (store.snapshot().some(isUnderWay)) event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    window.addEventListener('offline', store.offline);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('offline', store.offline);
    };
  }, [store]);
  return (
    <UploadStoreContext value={store}>
      {children}
      <UploadTray />
      <DropAnywhere />
    </UploadStoreContext>
  );
}
