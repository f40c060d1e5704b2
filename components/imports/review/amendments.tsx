'use client';

import { Undo2 } from 'lucide-react';
import { undoFix } from '@/components/api/imports';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { describeFix, describeReach } from '@/lib/shared/schema/describe-fix';
import type { ImportDetails } from '@/lib/shared/schema/imports';
import type { Amendment } from '@/lib/shared/schema/review';
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
  const undo = useImportAction((at: string) => undoFix(view.id, at), 'The change was not undone');
  if (view.amendments.length === 0) return null;
  const last = view.status === 'REVIEW' ? view.amendments.findLast(isStanding) : undefined;
  return (
    <Card>
      <CardHeader
        title="Changed in the review"
        about="The original file is unchanged. What was changed here is applied when it is read."
      />
      <ol aria-label="Changed in the review" className="divide-y divide-line border-t border-line text-sm">
        {view.amendments.map((it) => (
          <li
            key={`${it.at} ${describe(it)}`}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 py-3 sm:px-6"
          >
            <div className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
              {it.what.kind === 'FIX' && it.what.undone ? (
                <del className="text-muted">{describe(it)}</del>
              ) : (
                <span>{describe(it)}</span>
              )}
              {it.what.kind === 'FILE' && (
                <details className="text-[13px] text-muted">
                  <summary className="w-fit cursor-pointer">SHA-256 of the file</summary>
                  <code>{it.what.sha256}</code>
                </details>
              )}
              {it.what.kind === 'FIX' && (
                <p className="text-[13px] text-muted">
                  {it.what.undone
                    ? `Undone by ${it.what.undone.by}, ${formatMoment(it.what.undone.at)}`
                    : describeReach(it.what.fix)}
                </p>
              )}
            </div>
            <span className="text-muted">
              {it.what.kind === 'FIX' && it.what.undone ? 'Applied by ' : ''}
              {it.by}, {formatMoment(it.at)}
            </span>
            {it === last && (
              <Button
                size="sm"
                aria-label={`Undo: ${describe(it)}`}
                disabled={undo.isPending}
                onClick={() => undo.mutate(it.at)}
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
