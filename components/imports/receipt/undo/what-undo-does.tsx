'use client';

import { useQuery } from '@tanstack/react-query';
import { api, sentenceOf } from '@/components/api/client';
import { formatCountOf } from '@/components/format/count';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { UndoExtent, UndoPreview } from '@/lib/shared/schema/import/undo';
import { ExtentChoice } from './extent-choice';

/** What an undo removes and restores; if later imports changed rows, the user chooses how much to undo. */
export function WhatUndoDoes({
  view,
  extent,
  onExtent,
}: {
  view: ImportView;
  extent: UndoExtent;
  onExtent: (extent: UndoExtent) => void;
}) {
  const { data, error } = useQuery({
    queryKey: ['undo', view.id, view.sequence],
    queryFn: ({ signal }) => api.get('/imports/{id}/undo', { params: { path: { id: view.id } }, signal }),
    gcTime: 0,
  });
  if (error) return <p role="alert">{sentenceOf(error)}</p>;
  if (!data) return <p aria-live="polite">Checking what this would do…</p>;
  return (
    <div aria-live="polite" className="space-y-3">
      <ul className="list-disc space-y-1 pl-5">
        {effects(data).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {data.changedBy.length > 0 && <Extent preview={data} extent={extent} onExtent={onExtent} />}
      <p>
        The dataset{view.dataset && <> “{view.dataset.name}”</>} changes at once, for everyone.{' '}
        {data.redoDays === null
          ? 'Nothing is deleted: you can redo it at any time.'
          : `You can redo it for ${formatCountOf(data.redoDays, 'day')}. After that its rows are deleted, and the receipt stays.`}
      </p>
    </div>
  );
}

function effects({ removed, restored, reverted, unchanged, kept }: UndoPreview): string[] {
  const lines = [
    `${formatCountOf(removed, 'row')} ${removed === 1 ? 'is' : 'are'} removed from the dataset.`,
  ];
  if (restored > 0)
    lines.push(`${formatCountOf(restored, 'removed row')} ${restored === 1 ? 'comes' : 'come'} back.`);
  if (reverted > 0)
    lines.push(
      `${formatCountOf(reverted, 'row')} ${reverted === 1 ? 'shows its' : 'show their'} earlier values again.`,
    );
  if (unchanged > 0)
    lines.push(
      `${formatCountOf(unchanged, 'row')} ${unchanged === 1 ? 'stays' : 'stay'} the same: ${unchanged === 1 ? 'its values were' : 'their values were'} not changed.`,
    );
  if (kept > 0)
    lines.push(
      `${formatCountOf(kept, 'row')} ${kept === 1 ? 'stays as it is, since a later import changed it' : 'stay as they are, since later imports changed them'}.`,
    );
  return lines;
}

function Extent({
  preview,
  extent,
  onExtent,
}: {
  preview: UndoPreview;
  extent: UndoExtent;
  onExtent: (extent: UndoExtent) => void;
}) {
  const others = preview.together.length - 1;
  const names = preview.changedBy.map(({ fileName }) => fileName).join(', ');
  const choices = [
    {
      value: 'ALONE' as const,
      name: 'Only what later imports left untouched',
      about: `${formatCountOf(preview.rowsAfter, 'row is', 'rows are')} left in the dataset.`,
    },
    {
      value: 'IN_ORDER' as const,
      name: `Also ${formatCountOf(others, 'later import')}, the last one first`,
      about: `${formatCountOf(preview.rowsAfterInOrder, 'row is', 'rows are')} left in the dataset.`,
    },
  ];
  return (
    <ExtentChoice
      legend={`Changed later by ${names}. Undo…`}
      choices={choices}
      extent={extent}
      onExtent={onExtent}
    />
  );
}
