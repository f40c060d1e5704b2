'use client';

import { X } from 'lucide-react';
import { api } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog/confirm-dialog';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { useImportAction } from './use-import-action';

/** Cancels an import after asking. */
export function CancelButton({ view }: { view: ImportView }) {
  const cancel = useImportAction(
    () => api.post('/imports/{id}/cancellation', { params: { path: { id: view.id } } }),
    'The import was not cancelled',
  );
  return (
    <ConfirmDialog
      title="Cancel this import?"
      confirm="Cancel the import"
      dismiss="Keep it going"
      danger
      onConfirm={() => cancel.mutate()}
      trigger={
        <Button disabled={cancel.isPending}>
          <X aria-hidden />
          Cancel import
        </Button>
      }
    >
      None of its rows become visible, and what was stored so far is removed. To import the file later, upload
      it again.
    </ConfirmDialog>
  );
}
