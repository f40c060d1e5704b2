'use client';

import { Database } from 'lucide-react';
import Link from 'next/link';
import { sentenceOf } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatAgo, formatMoment } from '@/components/format/moment';
import { Page } from '@/components/shell/page';
import { useSession } from '@/components/sign-in/session-provider';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { SearchInput, useSearched } from '@/components/ui/form/search-input';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Table, Td, Th } from '@/components/ui/table';
import { ImportFileLink } from '@/components/uploads/choose/import-file-link';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { useDatasets } from './use-dataset';

/** The datasets by name, to be searched; the choice stays in the address. */
export function DatasetsScreen() {
  const [q, setQ] = useSearched();
  const query = useDatasets(q);
  const datasets = query.data?.pages.flatMap((page) => page.datasets) ?? [];
  const { error, isPending, isSuccess, refetch } = query;
  return (
    <Page title="Datasets" about="Named tables with typed columns. Each is a view in Postgres, too.">
      <Card className="overflow-hidden">
        <search className="block p-4 sm:px-6">
          <SearchInput label="Search by name" value={q} onSearch={setQ} />
        </search>
        {isPending && <SkeletonRows count={5} label="Loading the datasets" />}
        {error && (
          <div className="p-4">
            <Notice
              tone="danger"
              title="The datasets cannot be shown"
              action={<Button onClick={() => void refetch()}>Try again</Button>}
            >
              {sentenceOf(error)}
            </Notice>
          </div>
        )}
        {isSuccess && datasets.length === 0 && (
          <div className="border-t border-line">
            {q ? (
              <Empty icon={<Database />} title="Nothing matches">
                No dataset matches this search.
              </Empty>
            ) : (
              <Empty icon={<Database />} title="No datasets yet" action={<ImportFileLink />}>
                A dataset begins with the first file that is imported into it.
              </Empty>
            )}
          </div>
        )}
        {datasets.length > 0 && <DatasetTable datasets={datasets} />}
        <LoadMore label="Show more datasets" query={query} />
      </Card>
    </Page>
  );
}

function DatasetTable({ datasets }: { datasets: DatasetView[] }) {
  const self = useSession()?.user.id;
  return (
    <Table aria-label="Datasets" className="table-fixed">
      <thead>
        <tr>
          <Th>Name</Th>
          <Th className="w-32 text-right sm:w-40">Rows</Th>
          <Th className="hidden w-32 text-right sm:table-cell">Columns</Th>
          <Th className="hidden w-32 text-right md:table-cell">Imports</Th>
          <Th className="hidden w-44 md:table-cell">Created</Th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {datasets.map((dataset) => (
          <tr key={dataset.id} className="relative transition-colors hover:bg-sunken/60">
            <Td>
              <Link
                href={`/datasets/${dataset.slug}`}
                title={dataset.name}
                className="block truncate font-medium after:absolute after:inset-0"
              >
                {dataset.name}
              </Link>
              {dataset.owner.id !== self && (
                <p className="truncate text-[13px] text-muted">of {dataset.owner.name}</p>
              )}
              <p className="truncate text-[13px] text-muted sm:hidden">
                {formatCountOf(dataset.columns.length, 'column')} · {formatCountOf(dataset.imports, 'import')}
              </p>
            </Td>
            <Td className="text-right tabular-nums">{formatCount(dataset.rows)}</Td>
            <Td className="hidden text-right tabular-nums sm:table-cell">
              {formatCount(dataset.columns.length)}
            </Td>
            <Td className="hidden text-right tabular-nums md:table-cell">{formatCount(dataset.imports)}</Td>
            <Td className="hidden text-muted md:table-cell">
              <time dateTime={dataset.createdAt} title={formatMoment(dataset.createdAt)}>
                {formatAgo(dataset.createdAt)}
              </time>
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
