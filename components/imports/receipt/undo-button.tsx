'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { api } from '@/components/api/client';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog/confirm-dialog';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { UndoExtent } from '@/lib/shared/schema/import/undo';
import { useImportAction } from '../use-import-action';
import { WhatRedoDoes } from './what-redo-does';
import { WhatUndoDoes } from './what-undo-does';

/** Takes an import's rows out of its dataset again, after showing what that does. */
export function UndoButton({ view }: { view: ImportView }) {
  const [extent, setExtent] = useState<UndoExtent>('ALONE');
  const undo = useImportAction(
    () => api.post('/imports/{id}/undo', { params: { path: { id: view.id } }, body: { extent } }),
    'The import was not undone',
  );
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
      <WhatUndoDoes view={view} extent={extent} onExtent={setExtent} />
    </ConfirmDialog>
  );
}

/** Puts an undone import's rows back, after showing what that does. */
export function RedoButton({ view }: { view: ImportView }) {
  const [extent, setExtent] = useState<UndoExtent>('ALONE');
  const redo = useImportAction(
    () => api.post('/imports/{id}/redo', { params: { path: { id: view.id } }, body: { extent } }),
    'The import was not redone',
  );
  return (
    <ConfirmDialog
      title="Redo this import?"
      confirm="Redo import"
      onConfirm={() => redo.mutate()}
      trigger={
        <Button variant="primary" disabled={redo.isPending}>
          <Redo2 aria-hidden />
          Redo
        </Button>
      }
    >
      <WhatRedoDoes view={view} extent={extent} onExtent={setExtent} />
    </ConfirmDialog>
  );
}
