'use client';

import { Download, FilePen, Printer, Upload } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card, CardHeader } from '@/components/ui/card';
import { addressOf } from '@/lib/shared/api/client';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';

const link =
  'font-medium text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent';

/** What a person may want to do with a receipt in the hand. */
export function NextSteps({ view }: { view: ImportDetails }) {
  const { dataset } = view;
  const { rejected } = view.rows;
  const isOne = rejected === 1;
  const canCorrect = rejected > 0 && view.status === 'COMPLETED' && view.file.deletedAt === null;
  return (
    <Card className="print:hidden">
      <CardHeader title="What to do next" />
      <ul className="divide-y divide-line border-t border-line text-sm">
        {canCorrect && (
          <Step icon={<FilePen aria-hidden />}>
            <a href="#rejected-rows" className={link}>
              Correct the {isOne ? 'rejected row' : `${formatCount(rejected)} rejected rows`}
            </a>
            : download {isOne ? 'it' : 'them'}, correct {isOne ? 'it' : 'them'}, and drop that file on any
            page.
          </Step>
        )}
        {dataset && (
          <Step icon={<Upload aria-hidden />}>
            <Link href={`/?into=${encodeURIComponent(dataset.slug)}`} className={link}>
              Import another file
            </Link>{' '}
            into “{dataset.name}”.
          </Step>
        )}
        <Step icon={<Printer aria-hidden />}>
          <span className="flex flex-wrap items-center gap-2">
            <Button size="sm" onClick={() => window.print()}>
              Print the receipt
            </Button>
            <Button asChild size="sm">
              <a
                href={addressOf('/imports/{id}/receipt', { path: { id: view.id } })}
                download={`receipt ${view.file.name}.json`}
              >
                <Download aria-hidden />
                Receipt (JSON)
              </a>
            </Button>
          </span>
        </Step>
      </ul>
    </Card>
  );
}

function Step({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex gap-3 px-5 py-3 sm:px-6 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted">
      {icon}
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</div>
    </li>
  );
}
