'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { TypedConfirmDialog } from '@/components/ui/dialog/typed-confirm-dialog';
import { useToast } from '@/components/ui/toaster';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';

/** Deletes a dataset for good, once its name is typed. */
export function DeleteDatasetDialog({ dataset }: { dataset: DatasetView }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const remove = useMutation({
    mutationFn: () => api.delete('/datasets/{slug}', { params: { path: { slug: dataset.slug } } }),
    onSuccess: async () => {
      toast({ tone: 'ok', title: `“${dataset.name}” is deleted` });
      router.push('/datasets');
      await client.invalidateQueries({ queryKey: ['datasets'] });
      await client.invalidateQueries({ queryKey: ['imports'] });
    },
  });
  return (
    <TypedConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
      title={`Delete “${dataset.name}”?`}
      about={
        <>
          {formatCountOf(dataset.rows, 'row')} and everybody’s imports into it, with their files and receipts,
          are gone at once, for everyone and for good. What is being imported into it is cancelled. The audit
          log keeps that it was there. To take back a single import, undo that one instead.
        </>
      }
      wanted={dataset.name.trim()}
      what="its name"
      confirm="Delete permanently"
      busy={remove.isPending}
      error={remove.error && sentenceOf(remove.error)}
      onConfirm={() => remove.mutate()}
    />
  );
}
