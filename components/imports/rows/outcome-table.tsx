'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { byPage } from '@/components/api/by-page';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount } from '@/components/format/count';
import { NextRows, VirtualTable, VirtualTableHead } from '@/components/ui/virtual-table';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { Outcome, OutcomePage, Replaced } from '@/lib/shared/schema/import/outcome';
import { whatItMatched } from './outcome-labels';

/** More of them side by side make scrolling stutter; the export has them all. */
const columnsShown = 60;

/** Rows with one outcome: fetched page by page as the end comes near, and only those in sight are drawn. */
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
    ...byPage((from: number | undefined, signal) =>
      api.get('/imports/{id}/rows', {
        params: {
          path: { id: view.id },
          query: { outcome, limit: 100, column: column ?? undefined, after: from },
        },
        signal,
      }),
    ),
    refetchOnWindowFocus: false,
  });
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? [];
  const columns = query.data?.pages[0]?.columns.slice(0, columnsShown) ?? [];
  const failure = query.error && sentenceOf(query.error);
  const matched = outcome !== 'inserted' && outcome !== 'added' && outcome !== 'kept';
  const more = query.isFetchingNextPage || query.isFetchNextPageError;
  return (
    <>
      <VirtualTable
        label={`Rows: ${outcome}`}
        boxClassName="max-h-[min(60dvh,34rem)]"
        query={query}
        failure={failure}
        count={rows.length}
        empty={column === null ? 'No such rows.' : `“${column}” changes in no row.`}
        placeholders={5}
        head={
          <>
            {columns.map((name) => (
              <VirtualTableHead key={name} className="text-[13px] font-medium">
                <span className="block max-w-72 truncate" title={name}>
                  {name}
                </span>
              </VirtualTableHead>
            ))}
            {matched && (
              <VirtualTableHead className="text-[13px] font-medium text-muted">
                {outcome === 'skipped' ? 'Why' : 'Was'}
              </VirtualTableHead>
            )}
          </>
        }
      >
        {(index) => {
          const row = rows[index];
          return (
            row && (
              <OutcomeRow row={row} columns={columns} matched={matched} changes={outcome === 'changed'} />
            )
          );
        }}
      </VirtualTable>
      {more && (
        <div className="border-t border-line px-5 py-3 text-[13px] text-muted sm:px-6">
          <NextRows query={query} failure={failure} />
        </div>
      )}
    </>
  );
}

function OutcomeRow({
  row,
  columns,
  matched,
  changes,
}: {
  row: OutcomePage['rows'][number];
  columns: string[];
  matched: boolean;
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
      {matched && (
        <td className="max-w-72 truncate border-b border-line px-4 text-[13px] whitespace-nowrap text-muted group-hover:bg-sunken">
          {changes && row.matched ? whatItMatched({ ...row, kind: 'UPDATED' }) : whatItMatched(row)}
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
