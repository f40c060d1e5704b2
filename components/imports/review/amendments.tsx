'use client';

import { Undo2 } from 'lucide-react';
import { api } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Amendment } from '@/lib/shared/schema/review/amendment';
import { describeFix, describeScope } from '@/lib/shared/schema/review/describe-fix';
import { useImportAction } from '../use-import-action';

function describe({ what }: Amendment): string {
  if (what.kind === 'FIX') return describeFix(what.fix);
  if (what.kind === 'EDITS') return `${formatCountOf(what.rows, 'row')} corrected cell by cell`;
  const came = `Corrected rows from ${what.name}: ${formatCount(what.accepted)} of ${formatCount(what.rows)} valid`;
  return what.left ? `${came}. ${describeLeft(what.left)}` : came;
}

function describeLeft({ rows, first }: { rows: number; first: number[] }): string {
  const named = first.map(formatCount).join(', ');
  const more = rows > first.length ? ` and ${formatCount(rows - first.length)} more` : '';
  return rows === 1
    ? `1 row was already valid here and was left as it is: row ${named}`
    : `${formatCount(rows)} rows were already valid here and were left as they are: rows ${named}${more}`;
}

const isStanding = ({ what }: Amendment) => what.kind === 'FIX' && what.undone === undefined;

/** What was changed in the review: the receipt's SHA-256 is that of the file as it was. */
export function Amendments({ view }: { view: ImportDetails }) {
  const undo = useImportAction(
    (at: string) => api.delete('/imports/{id}/fixes/{at}', { params: { path: { id: view.id, at } } }),
    'The change was not undone',
    () => ({ title: 'The change is undone', about: 'You can apply it again under “Why rows are rejected”.' }),
  );
  if (view.amendments.length === 0) return null;
  const last = view.status === 'REVIEW' ? view.amendments.findLast(isStanding) : undefined;
  return (
    <Card>
      <CardHeader
        title="Changed in the review"
        about="The original file is unchanged. These changes are applied when the file is read."
      />
      <ol aria-label="Changed in the review" className="divide-y divide-line border-t border-line text-sm">
        {view.amendments.map((amendment) => (
          <li
            key={`${amendment.at} ${describe(amendment)}`}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3 sm:px-6"
          >
            <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
              {amendment.what.kind === 'FIX' && amendment.what.undone ? (
                <del className="text-muted">{describe(amendment)}</del>
              ) : (
                <span>{describe(amendment)}</span>
              )}
              {amendment.what.kind === 'FILE' && (
                <details className="text-[13px] text-muted">
                  <summary className="w-fit cursor-pointer">SHA-256 of the file</summary>
                  <code>{amendment.what.sha256}</code>
                </details>
              )}
              {amendment.what.kind === 'FIX' && (
                <p className="text-[13px] text-muted">
                  {amendment.what.undone
                    ? `Undone by ${amendment.what.undone.by}, ${formatMoment(amendment.what.undone.at)}`
                    : describeScope(amendment.what.fix)}
                </p>
              )}
            </div>
            <span className="text-muted">
              {amendment.what.kind === 'FIX' && amendment.what.undone ? 'Applied by ' : ''}
              {amendment.by}, {formatMoment(amendment.at)}
            </span>
            {amendment === last && (
              <Button
                size="sm"
                aria-label={`Undo: ${describe(amendment)}`}
                disabled={undo.isPending}
                onClick={() => undo.mutate(amendment.at)}
              >
                <Undo2 aria-hidden />
                {undo.isPending ? 'Undoing…' : 'Undo this change'}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Card>
  );
}
