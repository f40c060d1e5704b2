'use client';

import { useState } from 'react';
import { api } from '@/components/api/client';
import { throughOutages } from '@/components/api/retries';
import { formatCount, formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { TypedConfirmDialog } from '@/components/ui/dialog/typed-confirm-dialog';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { useImportAction } from '../use-import-action';
import { replacementLines } from './replacement';

/** Its numbers make it longer than a phone is wide. */
const wraps = 'h-auto! min-h-10 max-w-full shrink! py-2 whitespace-normal!';

/** Publishes what was reviewed; where that removes rows of the dataset, after their number was typed. */
export function PublishButton({ view }: { view: ImportDetails }) {
  const [asking, setAsking] = useState(false);
  const publish = useImportAction(
    () =>
      throughOutages(() =>
        api.post('/imports/{id}/publication', {
          params: { path: { id: view.id } },
          body: view.replaces ? { removes: view.replaces.removed } : {},
        }),
      ),
    'The import was not published',
  );
  const { rejected } = view.rows;
  const { inserted, updated, unchanged } = view.rows;
  const goesIn = inserted + updated + (view.replaces ? unchanged : 0);
  const rows = formatCountOf(goesIn, 'row');
  const without =
    rejected > 0
      ? ` without the ${rejected === 1 ? 'rejected one' : `${formatCount(rejected)} rejected`}`
      : '';
  const disabled = publish.isPending || view.outdated;
  const label = publish.isPending
    ? 'Publishing…'
    : view.replaces
      ? `Replace all rows with ${rows}${without}`
      : `Publish ${rows}${without}`;
  const removed = view.replaces?.removed ?? 0;
  if (removed === 0) {
    return (
      <Button variant="primary" className={wraps} disabled={disabled} onClick={() => publish.mutate()}>
        {label}
      </Button>
    );
  }
  return (
    <TypedConfirmDialog
      trigger={
        <Button variant="primary" className={wraps} disabled={disabled}>
          {label}
        </Button>
      }
      open={asking}
      onOpenChange={setAsking}
      title={`Replace all rows of “${view.dataset?.name ?? ''}”?`}
      about={
        <ul className="list-disc space-y-1 pl-5">
          {replacementLines(view).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
      wanted={String(removed)}
      what="the number of rows to be removed"
      confirm={`Remove ${formatCountOf(removed, 'row')} and publish`}
      busy={publish.isPending}
      error={null}
      onConfirm={() => {
        setAsking(false);
        publish.mutate();
      }}
    />
  );
}
