'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { DropZone } from '@/components/uploads/choose/drop-zone';
import { OtherWays } from '@/components/uploads/choose/other-ways';
import { targetQuery, useAddFiles } from '@/components/uploads/choose/use-add-files';
import { DismissButton } from '@/components/uploads/dismiss-button';
import { pageOf, type UploadItem } from '@/components/uploads/upload-item';
import { UploadProgress } from '@/components/uploads/upload-progress';
import { useUploads } from '@/components/uploads/use-uploads';
import { ImportTable } from '../history/import-table';
import { useImports } from '../history/use-imports';

/** The start page: drop files, watch them go up, and find what was imported last. */
export function HomeScreen() {
  const into = useSearchParams().get('into');
  const uploads = useUploads();
  const { data } = useQuery({ ...targetQuery(into ?? ''), enabled: into !== null });
  const dataset = into === null || data?.right === 'VIEW' ? undefined : data?.name;
  const addFiles = useAddFiles();
  const add = (files: File[]) => void addFiles(files, into);
  return (
    <div className="mx-auto w-full max-w-4xl px-4 pt-10 sm:px-6 sm:pt-16">
      <div className="mb-8 text-center sm:mb-10">
        <h1 className="text-3xl font-semibold tracking-tight text-balance sm:text-[2.5rem] sm:leading-tight">
          {dataset === undefined ? 'Import a spreadsheet' : `Import into ${dataset}`}
        </h1>
        <p className="mx-auto mt-3 max-w-xl leading-relaxed text-pretty text-muted">
          Check what was understood before a row is stored, get a receipt that accounts for every row, and
          undo any import at any time.
        </p>
      </div>
      {dataset !== undefined && (
        <p className="mb-4 text-center text-sm text-muted">
          Files that you drop here go into “{dataset}”. You can still choose another dataset before the import
          starts.{' '}
          <Link href="/" className="text-accent underline underline-offset-2">
            Import into a new dataset
          </Link>
        </p>
      )}
      <DropZone
        large
        multiple
        title="Drop files here"
        about="CSV, Excel or OpenDocument, also as gzip or zip, of any size. Or paste cells that you copied in a spreadsheet."
        onFiles={add}
      />
      <OtherWays onFiles={add} />
      {uploads.length > 0 && (
        <section aria-label="Uploads" className="mt-6 space-y-4">
          {uploads.map((item) => (
            <UploadCard key={item.key} item={item} />
          ))}
        </section>
      )}
      <Recent />
    </div>
  );
}

function UploadCard({ item }: { item: UploadItem }) {
  const dismiss = <DismissButton item={item} />;
  if (item.phase === 'failed' && !item.id && item.error) {
    return (
      <Notice tone="danger" title={`“${item.fileName}” was not uploaded`} action={dismiss}>
        {item.error}
      </Notice>
    );
  }
  const done = item.phase === 'done';
  return (
    <Card className="p-5">
      <div className={`flex items-center gap-3 ${done ? '' : 'mb-4'}`}>
        <p className="min-w-0 flex-1 truncate font-medium" title={item.fileName}>
          {item.fileName}
        </p>
        {item.id && (
          <Button asChild size="sm" variant={done ? 'primary' : 'secondary'}>
            <Link href={pageOf(item)}>
              {!done ? 'Open' : item.corrects ? 'Check the corrections' : 'Check and start'}
            </Link>
          </Button>
        )}
        {(done || item.phase === 'waiting') && dismiss}
      </div>
      {!done && <UploadProgress item={item} />}
    </Card>
  );
}

function Recent() {
  const query = useImports({});
  const recent = query.data?.pages[0]?.imports.slice(0, 5) ?? [];
  if (recent.length === 0) return null;
  return (
    <Card className="mt-10 overflow-hidden">
      <CardHeader
        title="Recent imports"
        actions={
          <Button asChild size="sm" variant="ghost">
            <Link href="/imports">All imports</Link>
          </Button>
        }
      />
      <ImportTable imports={recent} label="Recent imports" />
    </Card>
  );
}
