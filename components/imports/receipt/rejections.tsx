'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Upload } from 'lucide-react';
import Link from 'next/link';
import type { Ref } from 'react';
import { byPage } from '@/components/api/by-page';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatDay } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Table, Td, Th } from '@/components/ui/table';
import { useVirtualRows, VirtualRows } from '@/components/ui/virtual-rows';
import { workbookNote } from '@/lib/shared/schema/file/workbook-limits';
import type { ImportView } from '@/lib/shared/schema/import/import';
import type { RejectionView } from '@/lib/shared/schema/import/rejection';
import { RejectionDownloads } from './rejection-downloads';

/** A reason on one line. */
const rowHeight = 45;
/** Rows that are listed here. */
const keptHere = 10_000;

/** The rows that were not stored, each with the reason, and all of them as a file. */
export function Rejections({ view }: { view: ImportView }) {
  const { deletedAt } = view.file;
  const note = workbookNote(view.rows.rejected);
  const query = useInfiniteQuery({
    enabled: deletedAt === null,
    queryKey: ['rejections', view.id, view.sequence],
    ...byPage((from: number | undefined, signal) =>
      api.get('/imports/{id}/rejections', {
        params: { path: { id: view.id }, query: { limit: 50, after: from } },
        signal,
      }),
    ),
  });
  const rejections = query.data?.pages.flatMap((page) => page.rejections) ?? [];
  const { box, virtual } = useVirtualRows(rejections.length, rowHeight, query);
  const rows = view.rows.rejected === 1 ? 'it' : 'them';
  return (
    <Card id="rejected-rows" className="scroll-mt-20">
      <CardHeader
        title="Rejected rows"
        about={`${formatCountOf(view.rows.rejected, 'row was', 'rows were')} not imported. Download ${rows}, correct ${rows}, and import that file: it is recognized and goes into the same dataset.`}
        actions={
          deletedAt === null && (
            <div className="flex flex-wrap gap-2">
              <RejectionDownloads view={view} />
              {view.status === 'COMPLETED' && view.dataset && (
                <Button asChild size="sm">
                  <Link href={`/?into=${encodeURIComponent(view.dataset.slug)}`}>
                    <Upload aria-hidden />
                    Import the corrected file
                  </Link>
                </Button>
              )}
            </div>
          )
        }
      />
      {deletedAt === null && note && <p className="px-5 pb-5 text-sm text-muted sm:px-6">{note}</p>}
      {deletedAt && (
        <p className="px-5 pb-5 text-sm text-muted sm:px-6">
          They were deleted with the source file on {formatDay(deletedAt)}. The receipt keeps the count.
        </p>
      )}
      {query.isLoading && <SkeletonRows count={3} label="Loading the rejected rows" />}
      {query.error && (
        <div className="px-5 pb-5 sm:px-6">
          <Notice tone="danger" title="The rejected rows cannot be shown">
            {sentenceOf(query.error)}
          </Notice>
        </div>
      )}
      {rejections.length > 0 && (
        <Table
          aria-label="Rejected rows"
          box={box}
          boxClassName="max-h-[min(70dvh,40rem)] overflow-y-auto border-t border-line"
        >
          <thead className="sticky top-0 z-10 bg-surface">
            <tr>
              <Th className="w-px text-right">Row</Th>
              <Th className="hidden @2xl:table-cell">Column</Th>
              <Th className="hidden @2xl:table-cell">Value</Th>
              <Th>Reason</Th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            <VirtualRows virtual={virtual}>
              {(index) => {
                const rejection = rejections[index];
                return (
                  rejection && (
                    <RejectionRow ref={virtual.measureElement} index={index} rejection={rejection} />
                  )
                );
              }}
            </VirtualRows>
          </tbody>
        </Table>
      )}
      {query.hasNextPage === false && view.rows.rejected > keptHere && rejections.length > 0 && (
        <p className="border-t border-line px-5 py-3 text-sm text-muted sm:px-6">
          These are the first {formatCount(keptHere)} of {formatCount(view.rows.rejected)} rejected rows. The
          downloads contain all of them.
        </p>
      )}
    </Card>
  );
}

function RejectionRow({
  ref,
  index,
  rejection,
}: {
  ref: Ref<HTMLTableRowElement>;
  index: number;
  rejection: RejectionView;
}) {
  return (
    <tr ref={ref} data-index={index}>
      <Td className="text-right align-top text-muted tabular-nums">{formatCount(rejection.row)}</Td>
      <Td
        className="hidden max-w-48 truncate align-top font-medium @2xl:table-cell"
        title={rejection.column ?? undefined}
      >
        {rejection.column ?? <span className="font-normal text-muted">whole row</span>}
      </Td>
      <Td
        className="hidden max-w-64 truncate align-top font-mono text-[13px] @2xl:table-cell"
        title={rejection.value}
      >
        {rejection.value === '' ? <span className="font-sans text-muted">empty</span> : rejection.value}
      </Td>
      <Td className="max-w-0 @2xl:max-w-none">
        {rejection.reason}
        <p className="mt-0.5 truncate text-[13px] text-muted @2xl:hidden" title={rejection.value}>
          {rejection.column ?? 'whole row'}: <span className="font-mono">{rejection.value}</span>
        </p>
      </Td>
    </tr>
  );
}
