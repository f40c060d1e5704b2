'use client';

import { useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { api } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { useImportAction } from '../use-import-action';

/** Says that a file brings rejected rows of an import again, and offers to bring them there while that is possible. */
export function CorrectedRows({ view }: { view: ImportDetails }) {
  const attach = useImportAction(
    () => api.post('/imports/{id}/attachment', { params: { path: { id: view.id } } }),
    'The rows were not added to that import',
  );
  const router = useRouter();
  const client = useQueryClient();
  const { rejectedBy } = view;
  if (!rejectedBy) return null;
  const { dataset } = rejectedBy;
  const waits = rejectedBy.status === 'REVIEW';
  const page = `/imports/${rejectedBy.id}`;
  const bring = () =>
    attach.mutate(undefined, {
      onSuccess: () => {
        router.push(page);
        // This one is no import of its own any more.
        void client.invalidateQueries({ queryKey: ['imports'] });
      },
    });
  return (
    <Notice
      tone="info"
      title={`This file has corrected rows from “${rejectedBy.fileName}”`}
      action={
        <span className="flex flex-wrap gap-2">
          {waits && (
            <Button variant="primary" disabled={attach.isPending} onClick={bring}>
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
