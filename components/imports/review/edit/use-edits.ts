'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { useLiveImports } from '@/components/live/live-provider';
import { useToast } from '@/components/ui/toaster';
import type { CellEdit, EditablePage, Edited, ReplacementInput } from '@/lib/shared/schema/review/edit';

/** Edits that one request may hold. */
const editsAtATime = 5_000;

type Direction = 'do' | 'undo' | 'redo';

/** Editing the rejected rows of an import, with undo and redo. Rows that are valid by now stay in sight. */
export function useEdits(importId: string, queryKey: readonly unknown[]) {
  const params = { path: { id: importId } };
  const client = useQueryClient();
  const live = useLiveImports();
  const toast = useToast();
  const [undos, setUndos] = useState<CellEdit[][]>([]);
  const [redos, setRedos] = useState<CellEdit[][]>([]);
  const [said, setSaid] = useState('');

  const take = async ({ rows, changed, undo }: Edited, direction: Direction) => {
    if (undo.length > 0) {
      if (direction === 'undo') setRedos((before) => [...before, undo]);
      else setUndos((before) => [...before, undo]);
      if (direction === 'do') setRedos([]);
    }
    const now = new Map(rows.map((row) => [row.row, row]));
    client.setQueriesData<EditablePage>(
      { queryKey },
      (page) => page && { ...page, rows: page.rows.map((row) => now.get(row.row) ?? row) },
    );
    // Told of some of them only, the table fetches those in sight again, and others when they come into sight.
    if (changed > rows.length) await client.invalidateQueries({ queryKey });
    setSaid(inWords({ rows, changed }));
    live.take(await api.get('/imports/{id}', { params }));
  };
  const onError = (error: Error) =>
    toast({ tone: 'danger', title: 'Nothing was changed', about: sentenceOf(error) });

  // One after the other, however fast somebody types.
  const scope = { id: `edits of ${importId}` };
  const edit = useMutation({
    scope,
    mutationFn: async ({ edits }: { edits: CellEdit[]; direction: Direction }) => {
      const all: Edited = { rows: [], undo: [], changed: 0 };
      for (let i = 0; i < edits.length; i += editsAtATime) {
        const done = await api.post('/imports/{id}/edits', {
          params,
          body: { edits: edits.slice(i, i + editsAtATime) },
        });
        all.rows.push(...done.rows);
        all.undo.push(...done.undo);
        all.changed += done.changed;
      }
      return all;
    },
    onSuccess: (done, { direction }) => take(done, direction),
    onError,
  });
  const replace = useMutation({
    scope,
    mutationFn: (body: ReplacementInput) => api.post('/imports/{id}/replacement', { params, body }),
    onSuccess: (done) => take(done, 'do'),
    onError,
  });
  return {
    change: (cell: CellEdit) => edit.mutate({ edits: [cell], direction: 'do' }),
    replace: (input: ReplacementInput) => replace.mutate(input),
    undo: () => {
      const last = undos.at(-1);
      if (!last) return;
      setUndos((before) => before.slice(0, -1));
      edit.mutate({ edits: last, direction: 'undo' });
    },
    redo: () => {
      const last = redos.at(-1);
      if (!last) return;
      setRedos((before) => before.slice(0, -1));
      edit.mutate({ edits: last, direction: 'redo' });
    },
    canUndo: undos.length > 0,
    canRedo: redos.length > 0,
    pending: edit.isPending || replace.isPending,
    /** What happened last, for those who do not see it. */
    said,
  };
}

function inWords({ rows, changed }: Pick<Edited, 'rows' | 'changed'>): string {
  const [first] = rows;
  if (changed === 1 && first) {
    const [fault] = first.faults;
    return first.valid
      ? `Row ${first.row} is valid now.`
      : `Row ${first.row}${fault?.column ? `, ${fault.column}` : ''}: ${fault?.reason ?? ''}`;
  }
  if (changed > rows.length) return `${formatCountOf(changed, 'row')} changed.`;
  return `${formatCountOf(changed, 'row')} changed, ${formatCount(rows.filter(({ valid }) => valid).length)} of them valid now.`;
}
