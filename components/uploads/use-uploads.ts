'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';

/** The store of this tab's uploads: UploadProvider gives it. */
export const UploadStoreContext = createContext<UploadStore | null>(null);
const none: readonly UploadItem[] = [];

/** The uploads' actions. */
export function useUploadStore(): UploadStore {
  const store = useContext(UploadStoreContext);
  if (!store) throw new Error('useUploadStore needs an UploadProvider above it.');
  return store;
}

/** All uploads of this tab. */
export function useUploads(): readonly UploadItem[] {
  const store = useUploadStore();
  return useSyncExternalStore(store.subscribe, store.snapshot, () => none);
}
