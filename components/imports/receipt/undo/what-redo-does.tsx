'use client';

import { useQuery } from '@tanstack/react-query';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { RedoPreview, UndoExtent } from '@/lib/shared/schema/import/undo';
import { ExtentChoice } from './extent-choice';

/** What comes back, what stays as later imports wrote it, and what was undone together with it. */
export function WhatRedoDoes({
  view,
  extent,
  onExtent,
}: {
  view: ImportView;
  extent: UndoExtent;
  onExtent: (extent: UndoExtent) => void;
}) {
  const { data, error } = useQuery({
    queryKey: ['redo', view.id, view.sequence],
    queryFn: ({ signal }) => api.get('/imports/{id}/redo', { params: { path: { id: view.id } }, signal }),
    gcTime: 0,
  });
  if (error) return <p role="alert">{sentenceOf(error)}</p>;
  if (!data) return <p aria-live="polite">Checking what this would do…</p>;
  const others = data.together.length - 1;
  return (
    <div aria-live="polite" className="space-y-3">
      <ul className="list-disc space-y-1 pl-5 [overflow-wrap:anywhere]">
        {effects(view, data).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {others > 0 && (
        <ExtentChoice
          legend="Other imports were undone together with it. Redo…"
          extent={extent}
          onExtent={onExtent}
          choices={[
            {
              value: 'ALONE',
              name: 'Only this import',
              about: `The dataset will have ${formatCountOf(data.rowsAfter, 'row')}.`,
            },
            {
              value: 'IN_ORDER',
              name: `Also the ${formatCountOf(others, 'other')}`,
              about: `The dataset will have ${formatCountOf(data.rowsAfterInOrder, 'row')}.`,
            },
          ]}
        />
      )}
      <p>The dataset changes at once, for everyone. You can undo it again at any time.</p>
    </div>
  );
}

function effects(view: ImportView, { rowsBefore, rowsAfter, replacedBy, changedBy }: RedoPreview): string[] {
  if (replacedBy) {
    return [`${replacedBy.fileName} replaced the dataset later, so none of these rows are visible.`];
  }
  const { inserted, updated, unchanged } = view.rows;
  return [
    ...(view.mode === 'REPLACE'
      ? [
          `The ${formatCountOf(inserted + updated + unchanged, 'row')} of this import replace the rows that were there before it.`,
        ]
      : [
          ...(inserted > 0 || updated === 0
            ? [
                `${formatCountOf(inserted, 'row')} ${inserted === 1 ? 'comes' : 'come'} back into the dataset.`,
              ]
            : []),
          ...(updated > 0
            ? [
                `${formatCountOf(updated, 'row')} ${updated === 1 ? 'shows' : 'show'} the values of this import again.`,
              ]
            : []),
        ]),
    ...changedBy.map(
      ({ fileName, rows }) =>
        `${formatCountOf(rows, 'row')} of them ${rows === 1 ? 'keeps' : 'keep'} the later values from ${fileName}.`,
    ),
    `The dataset has ${formatCountOf(rowsBefore, 'row')} now, and will have ${formatCount(rowsAfter)}.`,
  ];
}
