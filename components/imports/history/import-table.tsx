import Link from 'next/link';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatAgo, formatMoment } from '@/components/format/moment';
import { Progress } from '@/components/ui/progress';
import { Table, Td, Th } from '@/components/ui/table';
import { formatBytes } from '@/lib/shared/format-bytes';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { StatusBadge } from '../status-badge';

/** Imports as rows of a table; on a phone the lesser columns move under the file's name. */
export function ImportTable({ imports, label }: { imports: ImportView[]; label: string }) {
  return (
    <Table aria-label={label} className="table-fixed border-t border-line">
      <thead className="sr-only @xl:not-sr-only">
        <tr>
          <Th>File</Th>
          <Th className="hidden w-52 @3xl:table-cell">Dataset</Th>
          <Th className="hidden w-32 text-right @xl:table-cell">Rows</Th>
          <Th className="hidden w-40 @4xl:table-cell">Uploaded</Th>
          <Th className="w-[9.5rem] @xl:w-40">Status</Th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {imports.map((view) => (
          <ImportRow key={view.id} view={view} />
        ))}
      </tbody>
    </Table>
  );
}

function ImportRow({ view }: { view: ImportView }) {
  const { rows, file, dataset } = view;
  return (
    <tr className="relative transition-colors hover:bg-sunken/60">
      <Td>
        <Link
          href={`/imports/${view.id}`}
          title={file.name}
          className="block wrap-anywhere font-medium after:absolute after:inset-0 @xl:truncate"
        >
          {file.name}
        </Link>
        <p className="truncate text-[13px] text-muted tabular-nums">
          <span className={rows.read > 0 ? 'hidden @xl:inline' : ''}>{formatBytes(file.bytes)}</span>
          {rows.read > 0 && <span className="@xl:hidden">{formatCountOf(rows.read, 'row')}</span>}
          <span className="hidden @xl:inline @4xl:hidden"> · {formatAgo(view.createdAt)}</span>
          <span className="hidden @4xl:inline"> · {view.user.name}</span>
        </p>
        <Outcome view={view} className="@xl:hidden" />
        {view.status === 'STAGING' && file.bytes > 0 && (
          <div className="mt-2 max-w-60">
            <Progress thin label={`Import of ${file.name}`} value={view.bytesRead / file.bytes} />
          </div>
        )}
      </Td>
      <Td className="hidden @3xl:table-cell">
        {dataset ? (
          <Link
            href={`/datasets/${dataset.slug}`}
            title={dataset.name}
            className="relative z-10 block w-fit max-w-full truncate hover:underline"
          >
            {dataset.name}
          </Link>
        ) : (
          <span className="text-muted">–</span>
        )}
      </Td>
      <Td className="hidden text-right tabular-nums @xl:table-cell">
        {rows.read > 0 ? formatCount(rows.read) : <span className="text-muted">–</span>}
        <Outcome view={view} />
      </Td>
      <Td className="hidden text-muted @4xl:table-cell">
        <time dateTime={view.createdAt} title={formatMoment(view.createdAt)}>
          {formatAgo(view.createdAt)}
        </time>
      </Td>
      <Td className="text-right @xl:text-left">
        <StatusBadge status={view.status} />
        <p className="mt-1 text-xs text-muted @xl:hidden">{formatAgo(view.createdAt)}</p>
      </Td>
    </tr>
  );
}

/** What became of rows beside being imported. */
function Outcome({ view: { rows, rowsRemoved }, className }: { view: ImportView; className?: string }) {
  if (rowsRemoved === 0 && rows.rejected === 0) return null;
  return (
    <div className={className}>
      {rowsRemoved > 0 && <p className="text-[13px] text-muted">{formatCount(rowsRemoved)} removed</p>}
      {rows.rejected > 0 && <p className="text-[13px] text-warn">{formatCount(rows.rejected)} rejected</p>}
    </div>
  );
}
