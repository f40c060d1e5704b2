'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { api, sentenceOf } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog/confirm-dialog';
import { useToast } from '@/components/ui/toaster';
import type { ImportView } from '@/lib/shared/schema/import/import';

/** Deletes an import whose rows nobody sees, after asking. */
export function DeleteButton({ view }: { view: ImportView }) {
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => api.delete('/imports/{id}', { params: { path: { id: view.id } } }),
    onSuccess: async () => {
      toast({ tone: 'ok', title: 'The import is deleted' });
      router.push('/imports');
      await client.invalidateQueries({ queryKey: ['imports'] });
    },
    onError: (error) =>
      toast({ tone: 'danger', title: 'The import was not deleted', about: sentenceOf(error) }),
  });
  return (
    <ConfirmDialog
      title="Delete this import?"
      confirm="Delete permanently"
      danger
      onConfirm={() => remove.mutate()}
      trigger={
        <Button variant="danger" disabled={remove.isPending}>
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
    >
      Its rows, its file and this page are deleted permanently, and cannot be brought back. The audit log
      keeps that it was there.
    </ConfirmDialog>
  );
}
