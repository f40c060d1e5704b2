'use client';

import { useState } from 'react';
import { useUploads } from '@/components/uploads/use-uploads';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { correctionsOf } from './corrections';

/**
 * What is known of the file: what the browser saw of its beginning, until the worker has read it.
 * @returns with it, what the worker found otherwise: a sentence each
 */
export function useInspection(view: ImportDetails): {
  inspection: InspectionView | null;
  corrections: string[];
} {
  const item = useUploads().find((upload) => upload.id === view.id);
  // The upload is taken off the list when it is through: before the worker has read the file.
  const [seen, setSeen] = useState(item?.seen ?? null);
  if (item?.seen && item.seen !== seen) setSeen(item.seen);
  const [firstRead, setFirstRead] = useState(view.inspection);
  if (view.inspection && !firstRead) setFirstRead(view.inspection);
  return {
    inspection: view.inspection ?? seen,
    corrections:
      seen && view.inspection && view.inspection === firstRead ? correctionsOf(seen, view.inspection) : [],
  };
}
