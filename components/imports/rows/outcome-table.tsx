'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { sentenceOf } from '@/components/api/client';
import { listOutcomes } from '@/components/api/imports';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { useVirtualRows, VirtualRows } from '@/components/ui/virtual-rows';
import type { ImportDetails } from '@/lib/shared/schema/imports';
import type { Outcome, OutcomePage, Replaced } from '@/lib/shared/schema/rows';
import { whatItMet } from './outcome-labels';

const rowHeight = 37;
/** More of them side by side make scrolling stutter; the export has them all. */
const columnsShown = 60;

/** Rows that met one fate: fetched page by page as the end comes near, and only those in sight are drawn. */
export function OutcomeTable({
  view,
  outcome,
  column,
}: {
  view: ImportDetails;
  outcome: Outcome | Replaced;
  column: string | null;
}) {
  const query = useInfiniteQuery({
    // What a review shows changes with each decision.
    queryKey: ['outcomes', view.id, view.status, view.sequence, outcome, column],
    queryFn: ({ pageParam, signal }) => listOutcomes(view.id, outcome, column, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    refetchOnWindowFocus: false,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = query.data?.pages[0]?.columns.slice(0, columnsShown) ?? [];
  const { box, virtual } = useVirtualRows(rows.length, rowHeight, query);

  if (query.isPending) return <SkeletonRows count={5} label="Loading the rows" />;
  if (query.error) {
    return (
      <div className="px-5 pb-5 sm:px-6">
        <Notice
          tone="danger"
          title="The rows cannot be shown"
          action={<Button onClick={() => void query.refetch()}>Try again</Button>}
        >
          {sentenceOf(query.error)}
        </Notice>
      </div>
    );
  }
  const met = outcome !== 'inserted' && outcome !== 'added' && outcome !== 'kept';
  const head = 'border-b border-line px-4 py-2 text-[13px] font-medium whitespace-nowrap';
  return (
    <section
      ref={box}
      aria-label="Rows, scrolls"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling box has to be reachable by keyboard
      tabIndex={0}
      className="max-h-[min(60dvh,34rem)] overflow-auto border-t border-line"
    >
      <table
        aria-label={`Rows: ${outcome}`}
        className="min-w-full border-separate border-spacing-0 text-left text-sm"
      >
        <thead className="sticky top-0 z-10 bg-sunken">
          <tr>
            <th scope="col" className={`${head} text-right text-muted`}>
              Row
            </th>
            {columns.map((name) => (
              <th key={name} scope="col" className={head}>
                <span className="block max-w-72 truncate" title={name}>
                  {name}
                </span>
              </th>
            ))}
            {met && (
              <th scope="col" className={`${head} text-muted`}>
                {outcome === 'skipped' ? 'Why' : 'Was'}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          <VirtualRows virtual={virtual}>
            {(index) => {
              const row = rows[index];
              return (
                row && <OutcomeRow row={row} columns={columns} met={met} changes={outcome === 'changed'} />
              );
            }}
          </VirtualRows>
        </tbody>
      </table>
      {rows.length === 0 && (
        <p className="px-6 py-10 text-center text-sm text-muted">
          {column === null ? 'No such rows.' : `“${column}” changes in no row.`}
        </p>
      )}
    </section>
  );
}

function OutcomeRow({
  row,
  columns,
  met,
  changes,
}: {
  row: OutcomePage['rows'][number];
  columns: string[];
  met: boolean;
  /** It takes the place of a row with other values. */
  changes: boolean;
}) {
  return (
    <tr className="group h-[37px]">
      <td className="border-b border-line px-4 text-right text-xs text-muted tabular-nums group-hover:bg-sunken">
        {formatCount(row.row)}
      </td>
      {columns.map((name, place) => (
        <Cell
          key={name}
          value={row.cells[place] ?? null}
          before={(changes || row.kind === 'UPDATED') && row.before ? (row.before[place] ?? null) : undefined}
        />
      ))}
      {met && (
        <td className="max-w-72 truncate border-b border-line px-4 text-[13px] whitespace-nowrap text-muted group-hover:bg-sunken">
          {changes && row.met ? whatItMet({ ...row, kind: 'UPDATED' }) : whatItMet(row)}
        </td>
      )}
    </tr>
  );
}

/** A cell; where it changes, the value before and the one after. */
function Cell({ value, before }: { value: string | null; before: string | null | undefined }) {
  const changed = before !== undefined && before !== value;
  const text = value ?? '';
  return (
    <td
      title={changed ? `${before ?? 'empty'} → ${value ?? 'empty'}` : text}
      className={`max-w-96 truncate border-b border-line px-4 whitespace-pre tabular-nums ${changed ? 'bg-warn-soft' : 'group-hover:bg-sunken'}`}
    >
      {changed ? (
        <>
          <del className="text-muted decoration-muted/70">{before ?? 'empty'}</del>
          <span aria-hidden className="text-muted">
            {' → '}
          </span>
          <ins className="font-medium no-underline">{value ?? 'empty'}</ins>
        </>
      ) : (
        text
      )}
    </td>
  );
}
