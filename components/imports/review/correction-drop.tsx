'use client';

import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '@/components/api/client';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { DropZone } from '@/components/uploads/choose/drop-zone';
import { DismissButton } from '@/components/uploads/dismiss-button';
import type { UploadItem } from '@/components/uploads/upload-item';
import { UploadProgress } from '@/components/uploads/upload-progress';
import { useUploadStore, useUploads } from '@/components/uploads/use-uploads';
import { workbookNote } from '@/lib/shared/schema/file/workbook-limits';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { CorrectionView } from '@/lib/shared/schema/review/correction';
import { RejectionDownloads } from '../receipt/rejection-downloads';
import { WorkerNotice } from '../working/worker-notice';

/** Where the corrected file is dropped, how it goes up, and what became of the last one if it could not be used. */
export function CorrectionDrop({ view }: { view: ImportDetails }) {
  const uploads = useUploadStore();
  const items = useUploads().filter((item) => item.corrects === view.id && item.phase !== 'done');
  const { correction } = view;
  const note = workbookNote(view.rows.rejected);
  const isSending = items.some(({ id }) => id !== null && id === correction?.id);
  const interrupted = !isSending && correction?.status === 'UPLOADING' ? correction : null;
  const send = useMutation({
    mutationFn: async (file: File) => {
      if (interrupted?.file.name === file.name && interrupted.file.bytes === file.size)
        await uploads.resume({ importId: view.id, correctionId: interrupted.id }, interrupted.file, file);
      else await uploads.add(file, { corrects: view.id });
    },
  });
  return (
    <Card>
      <CardHeader
        title="Or correct them in a spreadsheet"
        about="Download the rejected rows, correct them in Excel, and drop the file here: its rows go into this import."
        actions={<RejectionDownloads view={view} />}
      />
      <div className="space-y-4 px-5 pb-5 sm:px-6">
        {note && <p className="text-sm text-muted">{note}</p>}
        <DropZone
          title="Drop the corrected file here"
          about="Rows are matched by their number, and nothing is published yet."
          onFiles={([file]) => file && send.mutate(file)}
        />
        {send.error && <Notice tone="danger" title={sentenceOf(send.error)} />}
        {items.map((item) => (
          <Sending key={item.key} item={item} />
        ))}
        {correction && items.length === 0 && <LastCorrection correction={correction} />}
        {correction?.status === 'INSPECTING' && <WorkerNotice view={view} />}
      </div>
    </Card>
  );
}

function Sending({ item }: { item: UploadItem }) {
  if (item.phase === 'failed' && !item.id && item.error) {
    return (
      <Notice
        tone="danger"
        title={`“${item.fileName}” was not uploaded`}
        action={<DismissButton item={item} />}
      >
        {item.error}
      </Notice>
    );
  }
  return (
    <Card className="p-5">
      <p className="mb-4 truncate font-medium" title={item.fileName}>
        {item.fileName}
      </p>
      <UploadProgress item={item} />
    </Card>
  );
}

function LastCorrection({ correction: { status, file, failure } }: { correction: CorrectionView }) {
  if (status === 'UPLOADING')
    return (
      <p className="text-sm text-muted">
        The upload of {file.name} is not running in this tab. Drop the same file to go on with it, or another
        one.
      </p>
    );
  if (status === 'INSPECTING')
    return (
      <p aria-live="polite" className="text-sm text-muted">
        Processing {file.name}…
      </p>
    );
  if (status !== 'FAILED' || !failure) return null;
  return (
    <Notice tone="danger" title={`${file.name} could not be used`}>
      {failure.message} {failure.nextStep}
    </Notice>
  );
}
