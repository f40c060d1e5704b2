'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Progress } from '@/components/ui/progress';
import { DismissButton } from './dismiss-button';
import { pageOf, type UploadItem } from './upload-item';
import { uploadSentence } from './upload-progress';
import { useUploads } from './use-uploads';

/** A small card in the corner with the uploads that the page itself does not show. */
export function UploadTray() {
  const uploads = useUploads();
  const path = usePathname();
  const elsewhere = uploads.filter((item) => path !== '/' && path !== pageOf(item));
  if (elsewhere.length === 0) return null;
  return (
    <aside
      aria-label="Uploads"
      className={`fixed left-4 ${path.startsWith('/imports/') ? 'bottom-28' : 'bottom-4'} z-30 max-h-[50dvh] w-[min(22rem,calc(100vw-2rem))] divide-y divide-line overflow-y-auto rounded-2xl border border-line bg-surface shadow-2xl`}
    >
      {elsewhere.map((item) => (
        <TrayRow key={item.key} item={item} />
      ))}
    </aside>
  );
}

function TrayRow({ item }: { item: UploadItem }) {
  const fraction = item.fileSize === 0 ? 1 : item.bytesSent / item.fileSize;
  const ended = item.phase === 'done' || item.phase === 'failed';
  return (
    <div className="px-4 py-3">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          {item.id ? (
            <Link
              href={pageOf(item)}
              title={item.fileName}
              className="block truncate text-sm font-medium hover:underline"
            >
              {item.fileName}
            </Link>
          ) : (
            <p title={item.fileName} className="truncate text-sm font-medium">
              {item.fileName}
            </p>
          )}
          <p
            className={`truncate text-xs tabular-nums ${item.phase === 'failed' ? 'text-danger' : 'text-muted'}`}
          >
            {ended || item.phase === 'waiting' ? '' : `${Math.floor(fraction * 100)}% · `}
            {item.phase === 'failed' && item.error ? item.error : uploadSentence(item)}
          </p>
        </div>
        {(ended || item.phase === 'waiting') && <DismissButton item={item} />}
      </div>
      {!ended && (
        <div className="mt-2">
          <Progress
            thin
            label={`Upload of ${item.fileName}`}
            value={fraction}
            paused={item.phase === 'paused'}
          />
        </div>
      )}
    </div>
  );
}
