'use client';

import { useMutation } from '@tanstack/react-query';
import { api, sentenceOf } from '@/components/api/client';
import { useLiveImports } from '@/components/live/live-provider';
import { useToast } from '@/components/ui/toaster';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { UndoExtent } from '@/lib/shared/schema/import/undo';

interface Turn {
  to: 'UNDONE' | 'COMPLETED';
  extent: UndoExtent;
}

/** Undoes an import or redoes it, says so when it is done, and offers the way back, wherever the person is by then. */
export function useTurnImport({ id }: Pick<ImportView, 'id'>) {
  const live = useLiveImports();
  const toast = useToast();
  const turn = async ({ to, extent }: Turn): Promise<void> => {
    const params = { path: { id } };
    const isUndo = to === 'UNDONE';
    try {
      const view = isUndo
        ? await api.post('/imports/{id}/undo', { params, body: { extent } })
        : await api.post('/imports/{id}/redo', { params, body: { extent } });
      live.take(view);
      toast({
        tone: 'ok',
        title: isUndo ? 'The import is undone' : 'The import is redone',
        about: whereRowsAre(view, isUndo),
        action: {
          label: isUndo ? 'Redo' : 'Undo',
          onAct: () => void turn({ to: isUndo ? 'COMPLETED' : 'UNDONE', extent }),
        },
      });
    } catch (error) {
      toast({
        tone: 'danger',
        title: isUndo ? 'The import was not undone' : 'The import was not redone',
        about: sentenceOf(error),
      });
    }
  };
  return useMutation({ mutationFn: turn });
}

function whereRowsAre({ file, dataset }: ImportView, isUndo: boolean): string {
  const name = dataset ? `“${dataset.name}”` : 'the dataset';
  return isUndo
    ? `The rows of ${file.name} are not in ${name} any more.`
    : `The rows of ${file.name} are in ${name} again.`;
}
