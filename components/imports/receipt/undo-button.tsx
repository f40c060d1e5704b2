'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { redoImport, undoImport } from '@/components/api/imports';
import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import type { ImportView } from '@/lib/imports/contract';
import { useImportAction } from '../use-import-action';

/** Takes an import's rows out of its dataset again, after asking. */
export function UndoButton({ view }: { view: ImportView }) {
  const undo = useImportAction(() => undoImport(view.id), 'The import was not undone');
  const rows = view.rows.inserted + view.rows.updated;
  return (
    <ConfirmDialog
      title="Undo this import?"
      confirm="Undo import"
      danger
      onConfirm={() => undo.mutate()}
      trigger={
        <Button disabled={undo.isPending}>
          <Undo2 aria-hidden />
          Undo
        </Button>
      }
    >
      {formatCountOf(rows, 'row')} {rows === 1 ? 'leaves' : 'leave'} the dataset
      {view.dataset && <> “{view.dataset.name}”</>} at once, for everyone. Nothing is deleted: you can redo it
      at any time.
    </ConfirmDialog>
  );
}

/** Puts an undone import's rows back. */
export function RedoButton({ view }: { view: ImportView }) {
  const redo = useImportAction(() => redoImport(view.id), 'The import was not redone');
  return (
    <Button variant="primary" disabled={redo.isPending} onClick={() => redo.mutate()}>
      <Redo2 aria-hidden />
      Redo
    </Button>
  );
}
