'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { api, sentenceOf } from '@/components/api/client';
import { formatCount, formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Badge } from '@/components/ui/badge';
import { Dialog } from '@/components/ui/dialog/dialog';
import { SkeletonRows } from '@/components/ui/skeleton';
import type { RowHistory } from '@/lib/shared/schema/dataset/row';

type Version = RowHistory['versions'][number];

const stateWords: Record<Version['state'], string> = {
  SHOWN: 'shown now',
  OVERWRITTEN: 'overwritten later',
  UNDONE: 'undone',
  REPLACED: 'replaced',
};

/** Which row a history is of. */
export interface RowKey {
  importId: string;
  row: number;
}

/** Every import that wrote a row, the latest first, with its values; and where each cell comes from. */
export function RowHistoryDialog({
  slug,
  row,
  onClose,
}: {
  slug: string;
  row: RowKey | null;
  onClose: () => void;
}) {
  const { data, error } = useQuery({
    enabled: row !== null,
    queryKey: ['history', slug, row],
    queryFn: ({ signal }) =>
      api.get('/datasets/{slug}/rows/{importId}/{row}', {
        params: { path: { slug, importId: row?.importId ?? '', row: String(row?.row ?? 0) } },
        signal,
      }),
    gcTime: 0,
  });
  return (
    <Dialog
      open={row !== null}
      onOpenChange={(open) => !open && onClose()}
      title="History of this row"
      about={
        data
          ? `Written by ${formatCountOf(data.versions.length, 'import')}, the latest first.`
          : 'Every import that wrote it.'
      }
    >
      {error && <p role="alert">{sentenceOf(error)}</p>}
      {!data && !error && <SkeletonRows count={3} label="Loading the history" />}
      {data && (
        <div className="space-y-6">
          <ol className="space-y-4">
            {data.versions
              .map((version, place) => ({ version, before: data.versions[place - 1] }))
              .reverse()
              .map(({ version, before }) => (
                <li key={`${version.importId} ${version.row}`} className="border-l-2 border-line pl-4">
                  <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
                    <Source version={version} />
                    <Badge tone={version.state === 'SHOWN' ? 'ok' : 'neutral'}>
                      {stateWords[version.state]}
                    </Badge>
                  </p>
                  <p className="mt-0.5 text-[13px] text-muted">
                    {version.by}, {formatMoment(version.at)}
                  </p>
                  <Values columns={data.columns} version={version} before={before} />
                </li>
              ))}
          </ol>
          <Cells history={data} />
        </div>
      )}
    </Dialog>
  );
}

/** The file and the row number that a version came from. */
function Source({ version: { importId, fileName, row } }: { version: Version }) {
  const where = `row ${formatCount(row)} of `;
  if (fileName === null) return <span>{where}somebody else’s file</span>;
  return (
    <span className="min-w-0 [overflow-wrap:anywhere]">
      {where}
      <Link
        href={`/imports/${importId}`}
        className="font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
      >
        {fileName}
      </Link>
    </span>
  );
}

/** What a version has of its own: all of the first one, of the others what they changed. */
function Values({
  columns,
  version,
  before,
}: {
  columns: string[];
  version: Version;
  before: Version | undefined;
}) {
  const changed = columns.flatMap((name, place) => {
    const [value, was] = [version.cells[place] ?? null, before?.cells[place] ?? null];
    return value === was ? [] : [{ name, value, was }];
  });
  return (
    <dl className="mt-2 space-y-0.5 text-sm">
      {changed.slice(0, 50).map(({ name, value, was }) => (
        <div key={name} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-3">
          <dt className="truncate text-muted" title={name}>
            {name}
          </dt>
          <dd className="[overflow-wrap:anywhere]">
            {before && (
              <>
                <del className="text-muted">{was ?? 'empty'}</del>
                <span aria-hidden className="text-muted">
                  {' → '}
                </span>
              </>
            )}
            {value ?? 'empty'}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** For each cell that is shown, the file and the row number that its value came with. */
function Cells({ history: { columns, versions } }: { history: RowHistory }) {
  const last = versions.findIndex(({ state }) => state === 'SHOWN');
  if (last < 0) return null;
  const seen = versions
    .slice(0, last + 1)
    .filter(({ state }) => state === 'SHOWN' || state === 'OVERWRITTEN');
  const origin = (place: number) => {
    const value = seen.at(-1)?.cells[place] ?? null;
    let from = seen.length - 1;
    while (from > 0 && (seen[from - 1]?.cells[place] ?? null) === value) from -= 1;
    return seen[from];
  };
  return (
    <section>
      <h3 className="mb-2 text-sm font-semibold">Where each cell comes from</h3>
      <dl className="space-y-0.5 text-sm">
        {columns.slice(0, 100).map((name, place) => {
          const from = origin(place);
          return (
            <div key={name} className="grid grid-cols-[minmax(0,9rem)_minmax(0,1fr)] gap-3">
              <dt className="truncate text-muted" title={name}>
                {name}
              </dt>
              <dd>{from && <Source version={from} />}</dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
