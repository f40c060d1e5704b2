import { formatCount } from '@/components/format/count';
import { Card } from '@/components/ui/card';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { RowTally } from '../receipt/tally';
import { ReplacementCounts } from './replacement';

/** What publishing would do, down to the sum of all rows. */
export function Ledger({ view }: { view: ImportDetails }) {
  const heading = 'mb-2 text-[13px] font-semibold tracking-wide text-muted';
  return (
    <Card aria-label="Ledger" className="p-5">
      <h3 className={heading}>
        {view.replaces
          ? `What publishing would do to “${view.dataset?.name ?? ''}”`
          : 'What publishing would do'}
      </h3>
      <ReplacementCounts view={view} />
      {view.replaces ? (
        <h3 className={heading}>The rows of the file</h3>
      ) : (
        <p className="mb-3 text-[15px] font-medium tabular-nums">{inShort(view)}</p>
      )}
      <RowTally rows={view.rows} replaces={view.replaces} listed={!view.replaces} />
    </Card>
  );
}

/** “add 812 · update 96 · keep 40 · reject 52”: what is nothing is left out. */
function inShort({ rows }: ImportDetails): string {
  const parts = [
    rows.inserted > 0 && `add ${formatCount(rows.inserted)}`,
    rows.updated > 0 && `update ${formatCount(rows.updated)}`,
    rows.unchanged > 0 && `keep ${formatCount(rows.unchanged)}`,
    rows.skipped > 0 && `skip ${formatCount(rows.skipped)}`,
    rows.rejected > 0 && `reject ${formatCount(rows.rejected)}`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}
