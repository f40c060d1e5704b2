'use client';

import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react';
import { useLiveImports } from '@/components/live/live-provider';
import { UploadTray } from './tray';
import { isUnderWay, type UploadItem } from './upload-item';
import { UploadStore } from './upload-store';

const StoreContext = createContext<UploadStore | null>(null);
const none: readonly UploadItem[] = [];

/** Keeps this tab's uploads going whatever page is shown, and warns before they would be cut off. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const live = useLiveImports();
  const [store] = useState(() => new UploadStore((view) => live.take(view)));
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (store.snapshot().some(isUnderWay)) event.preventDefault();
    };
    // Otherwise a file that misses the drop zone replaces the page, and with it every upload.
    const hold = (event: DragEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    window.addEventListener('offline', store.offline);
    window.addEventListener('dragover', hold);
    window.addEventListener('drop', hold);
    return () => {
      window.removeEventListener('beforeunload', warn);
      window.removeEventListener('offline', store.offline);
      window.removeEventListener('dragover', hold);
      window.removeEventListener('drop', hold);
    };
  }, [store]);
  return (
    <StoreContext value={store}>
      {children}
      <UploadTray />
    </StoreContext>
  );
}

/** The uploads' actions. */
export function useUploadStore(): UploadStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('useUploadStore needs an UploadProvider above it.');
  return store;
}

/** All uploads of this tab. */
export function useUploads(): readonly UploadItem[] {
  const store = useUploadStore();
  return useSyncExternalStore(store.subscribe, store.snapshot, () => none);
}
