import { formatCount, formatCountOf } from '@/components/format/count';
import { formatMoment } from '@/components/format/moment';
import { Card, CardHeader } from '@/components/ui/card';
import type { ImportDetails } from '@/lib/imports/contract';
import type { Amendment } from '@/lib/review/contract';
import { describeFix } from '@/lib/review/fixes/describe-fix';

function describe({ what }: Amendment): string {
  if (what.kind === 'FIX') return describeFix(what.fix);
  if (what.kind === 'EDITS') return `${formatCountOf(what.rows, 'row')} corrected cell by cell`;
  return `Corrected rows from ${what.name}: ${formatCount(what.accepted)} of ${formatCount(what.rows)} valid (SHA-256 ${what.sha256})`;
}

/** What was changed in the review: the receipt's SHA-256 is that of the file as it was. */
export function Amendments({ view }: { view: ImportDetails }) {
  if (view.amendments.length === 0) return null;
  return (
    <Card>
      <CardHeader
        title="Changed in the review"
        about="The file itself is as it was uploaded: its SHA-256 knows nothing of this."
      />
      <ol className="divide-y divide-line border-t border-line text-sm">
        {view.amendments.map((it) => (
          <li
            key={`${it.at} ${describe(it)}`}
            className="flex flex-wrap justify-between gap-x-6 gap-y-1 px-5 py-3 sm:px-6"
          >
            <span className="[overflow-wrap:anywhere]">{describe(it)}</span>
            <span className="text-muted">
              {it.by}, {formatMoment(it.at)}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}
