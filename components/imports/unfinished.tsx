'use client';

import { useState } from 'react';
import { Notice } from '@/components/ui/notice';
import { useUploads } from '@/components/uploads/upload-provider';
import type { ImportDetails } from '@/lib/imports/contract';
import { Inspecting } from './inspecting';
import { correctionsOf } from './mapping/corrections';
import { MappingScreen } from './mapping/mapping-screen';
import type { useDraft } from './mapping/use-draft';
import { Uploading } from './uploading';

/**
 * An import that waits to be started. Columns are matched from the moment in which the browser has seen the beginning
 * of the file; what the worker reads takes its place as soon as it is there.
 */
export function Unfinished({ view, draft }: { view: ImportDetails; draft: ReturnType<typeof useDraft> }) {
  const item = useUploads().find((upload) => upload.importId === view.id);
  // The upload is taken off the list when it is through: before the worker has read the file.
  const [seen, setSeen] = useState(item?.seen ?? null);
  if (item?.seen && item.seen !== seen) setSeen(item.seen);
  const [firstRead, setFirstRead] = useState(view.inspection);
  if (view.inspection && !firstRead) setFirstRead(view.inspection);
  const inspection = view.inspection ?? seen;
  const corrections =
    seen && view.inspection && view.inspection === firstRead ? correctionsOf(seen, view.inspection) : [];
  return (
    <div className="space-y-6">
      {view.status === 'UPLOADING' && <Uploading view={view} />}
      {corrections.length > 0 && (
        <Notice tone="info" title="Read further, the file turned out otherwise than at first sight">
          <ul className="list-inside list-disc">
            {corrections.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {inspection ? (
        <MappingScreen view={view} inspection={inspection} {...draft} />
      ) : (
        view.status !== 'UPLOADING' && <Inspecting />
      )}
    </div>
  );
}
