'use client';

import Link from 'next/link';
import { formatDay, formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails, SameFile } from '@/lib/shared/schema/import/import-details';

/** Warns that the same file was imported before, while the import can still be changed or undone. */
export function SameFileNotice({
  view,
  seen,
  onSeen,
}: {
  view: ImportDetails;
  seen: boolean;
  onSeen: () => void;
}) {
  const { sameFile, status } = view;
  const waits = status === 'INSPECTING' || status === 'MAPPING' || status === 'REVIEW';
  if (!sameFile || seen || !(waits || status === 'COMPLETED')) return null;
  return (
    <div className="mb-6">
      <Notice
        tone="warn"
        title={titleOf(sameFile)}
        action={
          <span className="flex flex-wrap gap-2">
            <Button asChild size="sm">
              <Link href={`/imports/${sameFile.id}`}>Open it</Link>
            </Button>
            <Button size="sm" variant="ghost" onClick={onSeen}>
              {waits ? 'Import anyway' : 'Keep both'}
            </Button>
          </span>
        }
      >
        <span title={formatMoment(sameFile.at)}>
          {sameFile.fileName === view.file.name
            ? 'It is the same file, byte for byte.'
            : `It was called “${sameFile.fileName}” and is the same file, byte for byte.`}{' '}
          {waits
            ? 'Open that import, or go on and import it again.'
            : sameFile.status === 'COMPLETED'
              ? 'If that was a mistake, undo one of the two.'
              : 'If that was a mistake, cancel that import, or undo this one.'}
        </span>
      </Notice>
    </div>
  );
}

function titleOf({ status, at, user, dataset }: SameFile): string {
  const into = dataset ? ` into “${dataset.name}”` : '';
  if (status === 'COMPLETED') return `Imported ${formatDay(at)} by ${user.name}${into}`;
  return status === 'REVIEW'
    ? `Waiting for review: another import by ${user.name}${into}`
    : `Being imported by ${user.name}${into}`;
}
