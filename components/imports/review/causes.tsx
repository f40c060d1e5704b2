'use client';

import { useQuery } from '@tanstack/react-query';
import { Wand2 } from 'lucide-react';
import { useId, useState } from 'react';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Input } from '@/components/ui/form/field';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Cause } from '@/lib/shared/schema/review/cause';
import { describeFix, describeScope } from '@/lib/shared/schema/review/describe-fix';
import type { Fix } from '@/lib/shared/schema/review/fix';
import { CauseExamples } from '../cause-examples';
import { useImportAction } from '../use-import-action';

/** The rejected rows by what is wrong with them, each with examples and with what would help. */
export function Causes({ view }: { view: ImportDetails }) {
  const query = useQuery({
    queryKey: ['causes', view.id, view.sequence],
    queryFn: ({ signal }) => api.get('/imports/{id}/causes', { params: { path: { id: view.id } }, signal }),
  });
  const action = useImportAction(
    (fix: Fix) =>
      api.post('/imports/{id}/fixes', { params: { path: { id: view.id } }, body: { fixes: [fix] } }),
    'Nothing was changed',
    (fix) => ({
      title: 'The change is applied',
      about: `${describeFix(fix)}. You can undo it under “Changed in the review”.`,
    }),
  );
  return (
    <Card>
      <CardHeader
        title="Why rows are rejected"
        about="Counted over the whole file. You see what a change does before anything is published, and you can undo it."
      />
      {query.isLoading && <SkeletonRows count={3} label="Counting the causes" />}
      {query.error && (
        <div className="px-5 pb-5 sm:px-6">
          <Notice tone="danger" title="The causes cannot be shown">
            {sentenceOf(query.error)}
          </Notice>
        </div>
      )}
      {query.data && (
        <ul
          aria-label="Causes"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
          tabIndex={0}
          className="max-h-80 divide-y divide-line overflow-y-auto rounded-b-2xl border-t border-line"
        >
          {query.data.causes.map((cause) => (
            <CauseItem
              key={`${cause.column} ${cause.code}`}
              cause={cause}
              examined={query.data.examined}
              pending={action.isPending}
              onFix={(fix) => action.mutate(fix)}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}

function CauseItem({
  cause,
  examined,
  pending,
  onFix,
}: {
  cause: Cause;
  /** Rejected rows that fixes were tried on. */
  examined: number;
  pending: boolean;
  onFix: (fix: Fix) => void;
}) {
  const { column, code, reason, rows, examples, fixes } = cause;
  return (
    <li className="px-5 py-4 sm:px-6">
      <h3 className="font-medium [overflow-wrap:anywhere]">
        {formatCountOf(rows, 'row')}: {column === null ? 'the whole row' : `“${column}”`}
      </h3>
      <p className="mt-0.5 max-w-prose text-sm">{reason}</p>
      <CauseExamples examples={examples} className="mt-1.5" />
      {(fixes.length > 0 || (code === 'required' && column !== null)) && (
        <ul aria-label="What would help" className="mt-3 space-y-2">
          {fixes.map(({ fix, rows: helped, rereads }) => (
            <li key={JSON.stringify(fix)} className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
              <Button
                size="sm"
                className="h-auto! min-h-8 max-w-full shrink! py-1 text-left whitespace-normal!"
                disabled={pending}
                onClick={() => onFix(fix)}
              >
                <Wand2 aria-hidden />
                {describeFix(fix)}
              </Button>
              <span className="text-[13px] text-muted">
                {[
                  rows > examined
                    ? `Fixes ${formatCount(helped)} of the first ${formatCount(examined)} rows.`
                    : helped < rows && `Fixes ${formatCount(helped)} of these rows.`,
                  rereads && 'The file is read again.',
                  describeScope(fix),
                ]
                  .filter((part) => part !== false)
                  .join(' ')}
              </span>
            </li>
          ))}
          {code === 'required' && column !== null && (
            <li>
              <DefaultForm column={column} pending={pending} onFix={onFix} />
            </li>
          )}
        </ul>
      )}
    </li>
  );
}

/** What is to be stored where a required cell is empty: nobody can guess that. */
function DefaultForm({
  column,
  pending,
  onFix,
}: {
  column: string;
  pending: boolean;
  onFix: (fix: Fix) => void;
}) {
  const id = useId();
  const [value, setValue] = useState('');
  return (
    <form
      className="flex flex-wrap items-center gap-2 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== '') onFix({ kind: 'DEFAULT', column, value });
      }}
    >
      <label htmlFor={id} className="text-muted">
        Default value
      </label>
      <Input
        id={id}
        value={value}
        maxLength={200}
        className="w-28"
        onChange={(e) => setValue(e.target.value)}
      />
      <Button size="sm" type="submit" disabled={pending || value === ''}>
        Fill empty cells
      </Button>
      <span className="text-[13px] text-muted">{describeScope({ kind: 'DEFAULT', column, value })}</span>
    </form>
  );
}
