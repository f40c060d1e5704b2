'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { sentenceOf } from '@/components/api/client';
import { listRejections, rejectionsFileUrl } from '@/components/api/imports';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatDay } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Table, Td, Th } from '@/components/ui/table';
import type { ImportView } from '@/lib/imports/contract';

/** The rows that were not stored, each with the reason, and all of them as a file. */
export function Rejections({ view }: { view: ImportView }) {
  const { deletedAt } = view.file;
  const query = useInfiniteQuery({
    enabled: deletedAt === null,
    // Corrected in a review, they become others, and fewer.
    queryKey: ['rejections', view.id, view.sequence],
    queryFn: ({ pageParam, signal }) => listRejections(view.id, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  const rejections = query.data?.pages.flatMap((page) => page.rejections) ?? [];
  return (
    <Card id="rejected-rows" className="scroll-mt-20">
      <CardHeader
        title="Rejected rows"
        about={
          view.status === 'REVIEW'
            ? 'Download them, correct them in Excel, and drop the file below: its rows go into this import.'
            : `${formatCountOf(view.rows.rejected, 'row was', 'rows were')} not stored. Correct them in the file and import just those.`
        }
        actions={
          deletedAt === null && (
            <div className="flex flex-wrap gap-2">
              {(['xlsx', 'csv'] as const).map((format) => (
                <Button asChild size="sm" key={format}>
                  <a href={rejectionsFileUrl(view.id, format)}>
                    <Download aria-hidden />
                    Download all ({format === 'csv' ? 'CSV' : 'Excel'})
                  </a>
                </Button>
              ))}
            </div>
          )
        }
      />
      {deletedAt && (
        <p className="px-5 pb-5 text-sm text-muted sm:px-6">
          They were deleted with the source file on {formatDay(deletedAt)}. The receipt keeps their number.
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
        <Table aria-label="Rejected rows" className="border-t border-line">
          <thead>
            <tr>
              <Th className="w-px text-right">Row</Th>
              <Th className="hidden @2xl:table-cell">Column</Th>
              <Th className="hidden @2xl:table-cell">Value</Th>
              <Th>Reason</Th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {rejections.map((rejection) => (
              <tr key={`${rejection.row} ${rejection.column} ${rejection.reason}`}>
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
                  {rejection.value === '' ? (
                    <span className="font-sans text-muted">empty</span>
                  ) : (
                    rejection.value
                  )}
                </Td>
                <Td className="max-w-0 @2xl:max-w-none">
                  {rejection.reason}
                  <p className="mt-0.5 truncate text-[13px] text-muted @2xl:hidden" title={rejection.value}>
                    {rejection.column ?? 'whole row'}: <span className="font-mono">{rejection.value}</span>
                  </p>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      <LoadMore label="Show more" query={query} />
    </Card>
  );
}
