'use client';

import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog/confirm-dialog';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { UndoExtent } from '@/lib/shared/schema/import/undo';
import { useTurnImport } from './use-turn-import';
import { WhatRedoDoes } from './what-redo-does';
import { WhatUndoDoes } from './what-undo-does';

/** Takes an import's rows out of its dataset again, after showing what that does. */
export function UndoButton({ view }: { view: ImportView }) {
  const [extent, setExtent] = useState<UndoExtent>('ALONE');
  const undo = useTurnImport(view);
  return (
    <ConfirmDialog
      title="Undo this import?"
      confirm="Undo import"
      danger
      onConfirm={() => undo.mutate({ to: 'UNDONE', extent })}
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
  const redo = useTurnImport(view);
  return (
    <ConfirmDialog
      title="Redo this import?"
      confirm="Redo import"
      onConfirm={() => redo.mutate({ to: 'COMPLETED', extent })}
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
