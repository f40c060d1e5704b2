'use client';

import { useQuery } from '@tanstack/react-query';
import { sentenceOf } from '@/components/api/client';
import { previewUndo } from '@/components/api/imports';
import { formatCount, formatCountOf } from '@/components/format/count';
import type { ImportView } from '@/lib/shared/schema/imports';
import type { UndoExtent, UndoPreview } from '@/lib/shared/schema/undo';
import { ExtentChoice } from './extent-choice';

/** What goes, what comes back, and what a later import changed, where the person chooses how much is undone. */
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
    queryFn: ({ signal }) => previewUndo(view.id, signal),
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

function effects({ vanish, returns, restored, same, stay }: UndoPreview): string[] {
  const lines = [`${formatCountOf(vanish, 'row')} ${vanish === 1 ? 'leaves' : 'leave'} the dataset.`];
  if (returns > 0)
    lines.push(
      `${formatCountOf(returns, 'row')} that ${returns === 1 ? 'was removed is' : 'were removed are'} in the dataset again.`,
    );
  if (restored > 0)
    lines.push(
      `${formatCountOf(restored, 'row')} ${restored === 1 ? 'shows its' : 'show their'} earlier values again.`,
    );
  if (same > 0)
    lines.push(
      `${formatCountOf(same, 'row')} ${same === 1 ? 'stays' : 'stay'} the same: ${same === 1 ? 'its values were' : 'their values were'} not changed.`,
    );
  if (stay > 0)
    lines.push(
      `${formatCountOf(stay, 'row')} ${stay === 1 ? 'stays as it is, since a later import changed it' : 'stay as they are, since later imports changed them'}.`,
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
      about: `${formatCount(preview.rowsAfter)} rows are left in the dataset.`,
    },
    {
      value: 'IN_ORDER' as const,
      name: `Also ${formatCountOf(others, 'later import')}, the last one first`,
      about: `${formatCount(preview.rowsAfterInOrder)} rows are left in the dataset.`,
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
