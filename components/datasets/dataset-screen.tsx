'use client';

import Link from 'next/link';
import { useState } from 'react';
import { ApiError, sentenceOf } from '@/components/api/client';
import { formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { ImportTable } from '@/components/imports/history/import-table';
import { useImports } from '@/components/imports/history/use-imports';
import { Page } from '@/components/shell/page';
import { useSession } from '@/components/sign-in/session-provider';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ImportFileLink } from '@/components/uploads/choose/import-file-link';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import { ColumnsCard } from './columns/columns-card';
import { DeleteDatasetDialog } from './delete-dataset-dialog';
import { ExportButtons } from './export-buttons';
import { AsOf } from './history/as-of';
import { RowsGrid } from './rows-grid';
import { ShareDialog } from './share-dialog';
import { useDataset } from './use-dataset';

/** One dataset: its rows, its downloads, and the imports it is made of. */
export function DatasetScreen({ slug }: { slug: string }) {
  const session = useSession();
  const { data: dataset, error, refetch } = useDataset(slug);
  const [at, setAt] = useState<string | null>(null);
  if (!dataset) {
    return (
      <Page title="Dataset">
        {error ? (
          <Notice
            tone="danger"
            title="This dataset cannot be shown"
            action={
              error instanceof ApiError && error.status === 404 ? (
                <Button asChild>
                  <Link href="/datasets">Go to the datasets</Link>
                </Button>
              ) : (
                <Button onClick={() => void refetch()}>Try again</Button>
              )
            }
          >
            {sentenceOf(error)}
          </Notice>
        ) : (
          <Card>
            <SkeletonRows count={8} label="Loading the dataset" />
          </Card>
        )}
      </Page>
    );
  }
  return (
    <Page
      title={dataset.name}
      about={
        <span className="tabular-nums" title={`Created ${formatMoment(dataset.createdAt)}`}>
          {formatCountOf(dataset.rows, 'row')} · {formatCountOf(dataset.columns.length, 'column')} ·{' '}
          {formatCountOf(dataset.imports, 'import')}
          {dataset.owner.id !== session?.user.id && ` · shared by ${dataset.owner.name}`}
        </span>
      }
      actions={
        <>
          {dataset.right === 'MANAGE' && <ShareDialog dataset={dataset} />}
          {dataset.right !== 'VIEW' && <ImportFileLink into={dataset.slug} />}
          {dataset.right === 'MANAGE' && <DeleteDatasetDialog dataset={dataset} />}
        </>
      }
    >
      <div className="space-y-6">
        <Card className="overflow-hidden">
          <CardHeader
            title={at === null ? 'Rows' : 'Rows as they were'}
            actions={<ExportButtons slug={dataset.slug} at={at} />}
          />
          <AsOf at={at} since={dataset.createdAt} onChange={setAt} />
          <RowsGrid key={at} dataset={dataset} at={at} />
        </Card>
        <ColumnsCard dataset={dataset} />
        <DatasetImports dataset={dataset} />
      </div>
    </Page>
  );
}

function DatasetImports({ dataset }: { dataset: DatasetView }) {
  const query = useImports({ dataset: dataset.id });
  const imports = query.data?.pages.flatMap((page) => page.imports) ?? [];
  if (imports.length === 0) return null;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Imports"
        about="The files this dataset is made of. Each can be undone on its receipt."
      />
      <ImportTable imports={imports} label="Imports of this dataset" />
      <LoadMore label="Show older imports" query={query} />
    </Card>
  );
}
