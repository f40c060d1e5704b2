'use client';

import Link from 'next/link';
import { attachCorrection } from '@/components/api/imports';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/shared/schema/imports';
import { useImportAction } from '../use-import-action';

/** Says that a file brings rejected rows of an import again, and offers to bring them there while that is possible. */
export function CorrectedRows({ view }: { view: ImportDetails }) {
  const attach = useImportAction(
    () => attachCorrection(view.id),
    'The rows were not brought into that import',
  );
  const { rejectedBy } = view;
  if (!rejectedBy) return null;
  const { dataset } = rejectedBy;
  const waits = rejectedBy.status === 'REVIEW';
  const page = `/imports/${rejectedBy.id}`;
  return (
    <Notice
      tone="info"
      title={`This file has corrected rows of “${rejectedBy.fileName}”`}
      action={
        <span className="flex flex-wrap gap-2">
          {waits && (
            <Button variant="primary" disabled={attach.isPending} onClick={() => attach.mutate()}>
              {attach.isPending ? 'Adding them…' : 'Add them to that import'}
            </Button>
          )}
          <Button asChild>
            <Link href={page}>Open that import</Link>
          </Button>
        </span>
      }
    >
      {waits
        ? 'That import is still in review. Add the rows there, or go on and import them as a file of their own.'
        : `That import is finished, so these rows are imported as a file of their own${dataset ? ` into “${dataset.name}”` : ''}. The columns that Sluice added to the download are left out.`}
    </Notice>
  );
}
