'use client';

import { Copy, Download } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { sourceUrl } from '@/components/api/imports';
import { formatCount, formatCountOf, formatRate } from '@/components/format/count';
import { formatDuration } from '@/components/format/duration';
import { formatDay, formatMoment } from '@/components/format/moment';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { useToast } from '@/components/ui/toaster';
import { leftOutWords } from '@/lib/shared/csv/left-out-words';
import { formatBytes } from '@/lib/shared/format-bytes';
import { foreignNames } from '@/lib/shared/formats/foreign';
import type { ImportDetails } from '@/lib/shared/schema/imports';
import { keyedModes } from '../mapping/key/labels';
import { attemptsOf, resumptions } from './resumptions';

/** Everything about an import that somebody may ask for later. */
export function Facts({ view }: { view: ImportDetails }) {
  const toast = useToast();
  const { file } = view;
  // Over plain HTTP from another machine browsers have no clipboard for pages at all.
  const copy = (text: string) =>
    Promise.resolve(text)
      .then((it) => navigator.clipboard.writeText(it))
      .then(
        () => toast({ tone: 'ok', title: 'Copied' }),
        () =>
          toast({ tone: 'danger', title: 'Could not copy', about: 'Select the text and copy it by hand.' }),
      );
  return (
    <Card>
      <CardHeader
        title="Details"
        actions={
          file.deletedAt === null &&
          (view.status === 'COMPLETED' || view.status === 'UNDONE') && (
            <Button asChild size="sm" className="print:hidden">
              <a href={sourceUrl(view.id)}>
                <Download aria-hidden />
                Original file
              </a>
            </Button>
          )
        }
      />
      <dl className="divide-y divide-line border-t border-line text-sm">
        <Fact name="File">
          <span title={file.name}>{file.name}</span>
          <span className="text-muted tabular-nums"> · {formatBytes(file.bytes)}</span>
        </Fact>
        {view.layout?.convertedFrom && (
          <Fact name="Format">Converted from {foreignNames[view.layout.convertedFrom]}, values only</Fact>
        )}
        {file.deletedAt && <Fact name="Source file">{deletionOf(view, file.deletedAt)}</Fact>}
        {file.sha256 && (
          <Fact name="SHA-256">
            <span className="flex items-start gap-1">
              <code className="min-w-0 font-mono text-[13px] leading-relaxed break-all max-sm:[&>span]:max-w-[16ch] [&>span]:inline-block">
                <span>{file.sha256.slice(0, 32)}</span>
                <span>{file.sha256.slice(32)}</span>
              </code>
              <Button
                variant="ghost"
                size="icon"
                aria-label="Copy the SHA-256"
                className="-my-1.5"
                onClick={() => file.sha256 && void copy(file.sha256)}
              >
                <Copy aria-hidden />
              </Button>
            </span>
          </Fact>
        )}
        {view.seconds !== null && (
          <Fact name="Duration">
            {formatDuration(view.seconds)}
            {view.rowsPerSecond !== null && view.seconds >= 1 && (
              <span className="text-muted"> · {formatRate(view.rowsPerSecond)}</span>
            )}
          </Fact>
        )}
        {leftOutWords(view) !== '' && (
          <Fact name="Left out">
            {leftOutWords(view)}
            {view.inspection?.leftOut.map(
              ({ kind, isLeftOut, says }) =>
                isLeftOut && (
                  <span key={kind} className="block text-muted">
                    {says}
                  </span>
                ),
            )}
          </Fact>
        )}
        {view.inspection && view.inspection.warnings.length > 0 && (
          <Fact name="Notes">
            {view.inspection.warnings.map((warning) => (
              <span key={warning} className="block">
                {warning}
              </span>
            ))}
          </Fact>
        )}
        <Fact name="Uploaded">{formatMoment(view.createdAt)}</Fact>
        {view.finishedAt && <Fact name="Finished">{formatMoment(view.finishedAt)}</Fact>}
        {view.publication !== null && view.dataset && (
          <Fact name="Published">
            as version {formatCount(view.publication)} of {view.dataset.name}
            {view.publishedAfter && (
              <>
                , after{' '}
                <Link
                  href={`/imports/${view.publishedAfter.id}`}
                  className="text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
                >
                  {view.publishedAfter.fileName}
                </Link>
              </>
            )}
          </Fact>
        )}
        {view.dataset && view.publication !== null && <Fact name="What it did">{modeWords(view)}</Fact>}
        <Fact name="By">{view.user.name}</Fact>
        {view.attempts > 0 && (
          <Fact name="Attempts">
            {formatCount(attemptsOf(view))}
            {resumptions(view).map((line) => (
              <span key={line} className="block text-muted">
                {line}
              </span>
            ))}
          </Fact>
        )}
        {view.peakRssMb !== null && (
          <Fact name="Worker memory">{formatCount(view.peakRssMb)} MB at most</Fact>
        )}
      </dl>
    </Card>
  );
}

/** How it was to treat the rows that were there. */
function modeWords({ mode, replaces }: ImportDetails): string {
  if (replaces?.keyed) {
    const { removed, changed, kept, added } = replaces;
    const counts = Object.entries({ changed, kept, added }).map(
      ([name, rows]) => `${formatCount(rows)} ${name}`,
    );
    return `${keyedModes.REPLACE}: ${formatCountOf(removed, 'row')} removed, ${counts.join(', ')}`;
  }
  if (replaces) return `${keyedModes.REPLACE}: ${formatCountOf(replaces.removed, 'row')} removed`;
  return mode === 'APPEND' ? 'Add rows' : keyedModes[mode];
}

/** When the file went, and how long it had been kept. */
function deletionOf({ finishedAt }: ImportDetails, deletedAt: string): string {
  const days = finishedAt ? Math.floor((Date.parse(deletedAt) - Date.parse(finishedAt)) / 86_400_000) : 0;
  const kept = days > 0 ? ` (kept ${formatCountOf(days, 'day')})` : '';
  return `The source file was deleted on ${formatDay(deletedAt)}${kept}.`;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[7rem_1fr] gap-3 px-5 py-2.5 sm:grid-cols-[8.5rem_1fr] sm:px-6">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere] tabular-nums">{children}</dd>
    </div>
  );
}
