'use client';

import { type InfiniteData, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { sentenceOf } from '@/components/api/client';
import { editCells, getImport, replaceInColumn } from '@/components/api/imports';
import { formatCountOf } from '@/components/format/count';
import { useLiveImports } from '@/components/live/live-provider';
import { useToast } from '@/components/ui/toaster';
import type { CellEdit, EditablePage, Edited, ReplacementInput } from '@/lib/review/contract';

/** Edits that one request may hold. */
const editsAtATime = 5_000;

/** Editing the rejected rows of an import, with undo. Rows that are valid by now stay in sight, to be undone. */
export function useEdits(importId: string, queryKey: readonly unknown[]) {
  const client = useQueryClient();
  const live = useLiveImports();
  const toast = useToast();
  const [undos, setUndos] = useState<CellEdit[][]>([]);
  const [said, setSaid] = useState('');

  const take = async ({ rows, changed }: Edited) => {
    const now = new Map(rows.map((row) => [row.row, row]));
    client.setQueryData<InfiniteData<EditablePage>>(
      queryKey,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            rows: page.rows.map((row) => now.get(row.row) ?? row),
          })),
        },
    );
    if (changed > rows.length) await client.invalidateQueries({ queryKey });
    const valid = rows.filter((row) => row.valid).length;
    const [first] = rows;
    const fault = first?.faults[0];
    setSaid(
      changed === 1 && first
        ? first.valid
          ? `Row ${first.row} is valid now.`
          : `Row ${first.row}${fault?.column ? `, ${fault.column}` : ''}: ${fault?.reason ?? ''}`
        : `${formatCountOf(changed, 'row')} changed, ${valid} of them valid now.`,
    );
    live.take(await getImport(importId));
  };
  const onError = (error: Error) =>
    toast({ tone: 'danger', title: 'Nothing was changed', about: sentenceOf(error) });

  // One after the other, however fast somebody types.
  const scope = { id: `edits of ${importId}` };
  const edit = useMutation({
    scope,
    mutationFn: async ({ edits }: { edits: CellEdit[]; isUndo: boolean }) => {
      const all: Edited = { rows: [], undo: [], changed: 0 };
      for (let i = 0; i < edits.length; i += editsAtATime) {
        const done = await editCells(importId, edits.slice(i, i + editsAtATime));
        all.rows.push(...done.rows);
        all.undo.push(...done.undo);
        all.changed += done.changed;
      }
      return all;
    },
    onSuccess: async (done, { isUndo }) => {
      if (!isUndo && done.undo.length > 0) setUndos((before) => [...before, done.undo]);
      await take(done);
    },
    onError,
  });
  const replace = useMutation({
    scope,
    mutationFn: (input: ReplacementInput) => replaceInColumn(importId, input),
    onSuccess: async (done) => {
      if (done.undo.length > 0) setUndos((before) => [...before, done.undo]);
      await take(done);
    },
    onError,
  });
  const undo = () => {
    const last = undos.at(-1);
    if (!last) return;
    setUndos((before) => before.slice(0, -1));
    edit.mutate({ edits: last, isUndo: true });
  };
  return {
    change: (one: CellEdit) => edit.mutate({ edits: [one], isUndo: false }),
    replace: (input: ReplacementInput) => replace.mutate(input),
    undo,
    canUndo: undos.length > 0,
    pending: edit.isPending || replace.isPending,
    /** What happened last, for those who do not see it. */
    said,
    say: setSaid,
  };
}
