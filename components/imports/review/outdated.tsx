'use client';

import { api } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { useImportAction } from '../use-import-action';

/** Says that another import came first, and has what this one would do found out again. */
export function Outdated({ view }: { view: ImportDetails }) {
  const again = useImportAction(
    () => api.post('/imports/{id}/fixes', { params: { path: { id: view.id } }, body: { fixes: [] } }),
    'The review was not updated',
  );
  if (!view.outdated) return null;
  return (
    <Notice
      tone="warn"
      title="These numbers are out of date"
      action={
        <Button variant="primary" disabled={again.isPending} onClick={() => again.mutate()}>
          {again.isPending ? 'Updating…' : 'Update the review'}
        </Button>
      }
    >
      Another import into this dataset was published or undone, or rows of this one were corrected. Update the
      review before you publish. The file is not read again.
    </Notice>
  );
}
