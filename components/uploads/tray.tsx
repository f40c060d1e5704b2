'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import { Progress } from '@/components/ui/progress';
import { DismissButton } from './dismiss-button';
import { pageOf, type UploadItem } from './upload-item';
import { uploadSentence } from './upload-progress';
import { uploadTitle } from './upload-title';
import { useUploads } from './use-uploads';

/** A small card in the corner with the uploads that the page itself does not show, and how far they are as the tab's title. */
export function UploadTray() {
  const uploads = useUploads();
  const path = usePathname();
  const isImport = path.startsWith('/imports/');
  // An import's page has a title of its own.
  useTitle(isImport ? null : uploadTitle(uploads));
  const elsewhere = uploads.filter((item) => path !== '/' && path !== pageOf(item));
  if (elsewhere.length === 0) return null;
  return (
    <aside
      aria-label="Uploads"
      className={`print:hidden fixed left-4 ${isImport ? 'bottom-28' : 'bottom-4'} z-30 max-h-[50dvh] w-[min(22rem,calc(100vw-2rem))] divide-y divide-line overflow-y-auto rounded-2xl border border-line bg-surface shadow-2xl`}
    >
      {elsewhere.map((item) => (
        <TrayRow key={item.key} item={item} />
      ))}
    </aside>
  );
}

/** Calls the tab this, in place of what its page is called. */
function useTitle(title: string | null): void {
  useEffect(() => {
    if (title === null) return;
    const own = document.title;
    const shown = `${title} · Sluice`;
    document.title = shown;
    return () => {
      // Another page has come meanwhile, with its own.
      if (document.title === shown) document.title = own;
    };
  }, [title]);
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
            role={item.phase === 'failed' ? 'alert' : undefined}
            className={`text-xs tabular-nums ${item.phase === 'failed' ? 'text-danger' : 'truncate text-muted'}`}
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
