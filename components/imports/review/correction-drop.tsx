'use client';

import { useState } from 'react';
import { useImport } from '@/components/live/use-import';
import { Notice } from '@/components/ui/notice';
import { DropZone } from '@/components/uploads/drop-zone';
import { useUploadStore } from '@/components/uploads/upload-provider';
import type { ImportDetails } from '@/lib/shared/schema/imports';

/** Where the corrected file is dropped, and what became of the last one if it could not be used. */
export function CorrectionDrop({ view }: { view: ImportDetails }) {
  const uploads = useUploadStore();
  const [sent, setSent] = useState<string | null>(null);
  const send = async ([file]: File[]) => {
    if (file) setSent(await uploads.add(file, { corrects: view.id }));
  };
  return (
    <div className="space-y-4">
      <DropZone
        title="Drop the corrected rows here"
        about="The file that you downloaded, with the bad cells corrected. Rows are matched by their number, and nothing is published yet."
        onFiles={(files) => void send(files)}
      />
      {(sent ?? view.correction) && <LastCorrection id={sent ?? view.correction ?? ''} />}
    </div>
  );
}

function LastCorrection({ id }: { id: string }) {
  const { data } = useImport(id);
  if (data?.status === 'INSPECTING' || data?.status === 'UPLOADING')
    return (
      <p aria-live="polite" className="text-sm text-muted">
        Taking in {data.file.name}…
      </p>
    );
  if (data?.status !== 'FAILED' || !data.failure) return null;
  return (
    <Notice tone="danger" title={`${data.file.name} could not be used`}>
      {data.failure.message} {data.failure.nextStep}
    </Notice>
  );
}
