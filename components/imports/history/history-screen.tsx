'use client';

import { History } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useId } from 'react';
import { sentenceOf } from '@/components/api/client';
import { Page } from '@/components/shell/page';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Empty } from '@/components/ui/empty';
import { Select } from '@/components/ui/form/field';
import { narrowAddress, SearchInput, useSearched } from '@/components/ui/form/search-input';
import { LoadMore } from '@/components/ui/load-more';
import { Notice } from '@/components/ui/notice';
import { SkeletonRows } from '@/components/ui/skeleton';
import { ImportFileLink } from '@/components/uploads/choose/import-file-link';
import { statuses } from '@/lib/shared/schema/import/status';
import { statusLabel } from '../status-badge';
import { ImportTable } from './import-table';
import { useImports } from './use-imports';

/** Every import, to be searched and narrowed; the choice stays in the address. */
export function HistoryScreen() {
  const id = useId();
  const params = useSearchParams();
  const status = statuses.find((name) => name === params.get('status'));
  const [q, setQ] = useSearched();
  const query = useImports({ status, q: q || undefined });
  const imports = query.data?.pages.flatMap((page) => page.imports) ?? [];
  const narrowed = status !== undefined || q !== '';

  return (
    <Page
      title="History"
      about="Every file that was brought in, with its receipt."
      actions={<ImportFileLink />}
    >
      <Card className="overflow-hidden">
        <search className="grid gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_13rem] sm:px-6">
          <SearchInput label="Search by file or dataset" value={q} onSearch={setQ} />
          <Select
            id={`${id}-status`}
            aria-label="Status"
            value={status ?? ''}
            onChange={(event) => narrowAddress('status', event.target.value)}
          >
            <option value="">Every status</option>
            {statuses.map((name) => (
              <option key={name} value={name}>
                {statusLabel(name)}
              </option>
            ))}
          </Select>
        </search>
        {query.isPending && <SkeletonRows count={6} label="Loading the history" />}
        {query.error && (
          <div className="p-4 sm:px-6">
            <Notice
              tone="danger"
              title="The history cannot be shown"
              action={<Button onClick={() => void query.refetch()}>Try again</Button>}
            >
              {sentenceOf(query.error)}
            </Notice>
          </div>
        )}
        {imports.length > 0 && <ImportTable imports={imports} label="Imports" />}
        {query.isSuccess && imports.length === 0 && (
          <div className="border-t border-line">
            <Empty icon={<History />} title={narrowed ? 'Nothing matches' : 'No imports yet'}>
              {narrowed
                ? 'No import has this status and name. Change the search or the status.'
                : 'Every file you import is listed here with its receipt.'}
            </Empty>
          </div>
        )}
        <LoadMore label="Show older imports" query={query} />
      </Card>
    </Page>
  );
}
