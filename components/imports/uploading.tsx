'use client';

import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '@/components/api/client';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { DropZone } from '@/components/uploads/choose/drop-zone';
import { UploadProgress } from '@/components/uploads/upload-progress';
import { useUploadStore, useUploads } from '@/components/uploads/use-uploads';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { CancelButton } from './cancel-button';

/** An upload under way in this tab; or, after a reload, the way to go on with it. */
export function Uploading({ view }: { view: ImportView }) {
  const item = useUploads().find((upload) => upload.id === view.id);
  if (!item) return <Interrupted view={view} />;
  return (
    <Card className="p-5 sm:p-7">
      <UploadProgress item={item} />
      <p className="mt-5 border-t border-line pt-4 text-sm text-muted">
        Keep this tab open until the upload is complete. You can use other pages of Sluice meanwhile.
      </p>
    </Card>
  );
}

function Interrupted({ view }: { view: ImportView }) {
  const store = useUploadStore();
  const resume = useMutation({
    mutationFn: (file: File) => store.resume({ importId: view.id, correctionId: null }, view.file, file),
  });
  return (
    <div className="space-y-4">
      <Notice tone="info" title="This upload is not running in this tab">
        Choose the same file again to go on. Parts that are already stored are not sent again. If the upload
        runs in another tab, just leave it there.
      </Notice>
      <DropZone
        title={`Drop “${view.file.name}” here`}
        about={`The same file, ${formatBytes(view.file.bytes)}, unchanged since the upload began`}
        onFiles={([file]) => file && resume.mutate(file)}
      />
      {resume.error && <Notice tone="danger" title={sentenceOf(resume.error)} />}
      <div className="flex justify-end">
        <CancelButton view={view} />
      </div>
    </div>
  );
}
