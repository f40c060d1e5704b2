import { formatCountOf } from '@/components/format/count';
import { formatDay } from '@/components/format/moment';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { CancelButton } from '../cancel-button';
import { PublishButton } from './publish-button';

/** The two ways on, in sight wherever the page is scrolled to. */
export function PublishBar({ view }: { view: ImportDetails }) {
  const { read, rejected } = view.rows;
  const isNothing = read > 0 && rejected === read;
  return (
    <div className="sticky bottom-3 z-20 flex flex-wrap items-center gap-x-5 gap-y-3 rounded-2xl border border-line bg-surface/95 px-4 py-3 shadow-2xl backdrop-blur sm:bottom-5 sm:px-6 sm:py-4 print:hidden">
      <div className="min-w-0 flex-1 basis-56 text-sm text-muted">
        {rejected > 0 && <p className="text-ink">{formatCountOf(rejected, 'row')} to correct</p>}
        {view.waitsUntil && (
          <p>
            Please review it by {formatDay(view.waitsUntil)}.{' '}
            <span className="max-sm:hidden">After that the import expires and nothing is imported.</span>
          </p>
        )}
      </div>
      <div className="flex max-w-full flex-wrap items-center gap-2 max-sm:w-full max-sm:[&>button]:flex-1">
        <CancelButton view={view} />
        {!isNothing && <PublishButton view={view} />}
      </div>
    </div>
  );
}
