'use client';

import { Pause, Play, RotateCcw, X } from 'lucide-react';
import { sentenceOf } from '@/components/api/client';
import { formatTimeLeft } from '@/components/format/duration';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { useToast } from '@/components/ui/toaster';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { UploadItem } from './upload-item';
import { useUploadStore } from './use-uploads';

/** What an upload is doing, in a few words. */
export function uploadSentence(item: UploadItem): string {
  switch (item.phase) {
    case 'opening':
      return 'Getting ready…';
    case 'waiting':
      return 'Waits for its turn. It goes on by itself.';
    case 'sending':
      return item.secondsLeft === null ? 'Uploading…' : formatTimeLeft(item.secondsLeft);
    case 'paused':
      return 'Paused';
    case 'retrying':
      return 'Connection lost. It goes on by itself.';
    case 'finishing':
      return 'Finishing…';
    case 'done':
      return item.corrects
        ? 'Uploaded. Open the import to check the corrections.'
        : 'Uploaded. Open it to check and start.';
    case 'failed':
      return 'Upload failed';
    default:
      return item.phase satisfies never;
  }
}

/** An upload's bar with percent, speed, time left, and pause, resume and cancel. */
export function UploadProgress({ item }: { item: UploadItem }) {
  const fraction = item.fileSize === 0 ? 1 : item.bytesSent / item.fileSize;
  return (
    <div>
      <div className="mb-2 flex items-baseline justify-between gap-4">
        <p className="text-3xl font-semibold tracking-tight tabular-nums">{Math.floor(fraction * 100)}%</p>
        <p aria-live="polite" className="text-right text-sm text-muted">
          {uploadSentence(item)}
        </p>
      </div>
      <Progress
        label="Upload"
        value={item.phase === 'opening' || item.phase === 'waiting' ? null : fraction}
        paused={item.phase === 'paused'}
      />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <p className="text-sm text-muted tabular-nums">
          {formatBytes(item.bytesSent)} of {formatBytes(item.fileSize)}
          {item.bytesPerSecond !== null && ` · ${formatBytes(item.bytesPerSecond)}/s`}
        </p>
        <UploadActions item={item} />
      </div>
      {item.error && item.phase === 'waiting' && <p className="mt-3 text-sm text-muted">{item.error}</p>}
      {item.error && item.phase !== 'waiting' && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {item.error} What was uploaded is kept: “Try again” goes on from there.
        </p>
      )}
    </div>
  );
}

function UploadActions({ item }: { item: UploadItem }) {
  const store = useUploadStore();
  const toast = useToast();
  const { id } = item;
  if (!id || item.phase === 'done') return null;
  return (
    <div className="flex gap-2">
      {(item.phase === 'sending' || item.phase === 'retrying') && (
        <Button size="sm" onClick={() => store.pause(id)}>
          <Pause aria-hidden />
          Pause
        </Button>
      )}
      {item.phase === 'paused' && (
        <Button size="sm" variant="primary" onClick={() => store.goOn(id)}>
          <Play aria-hidden />
          Resume
        </Button>
      )}
      {item.phase === 'failed' && (
        <Button size="sm" variant="primary" onClick={() => store.retry(id)}>
          <RotateCcw aria-hidden />
          Try again
        </Button>
      )}
      <Button
        size="sm"
        onClick={() =>
          store
            .cancel(id)
            .catch((error) =>
              toast({ tone: 'danger', title: 'The upload was not cancelled', about: sentenceOf(error) }),
            )
        }
      >
        <X aria-hidden />
        Cancel
      </Button>
    </div>
  );
}
