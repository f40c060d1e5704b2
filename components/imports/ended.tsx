import { formatCountOf } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import { ImportFileLink } from '@/components/uploads/choose/import-file-link';
import { addressOf } from '@/lib/shared/api/client';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { DeleteButton } from './history/delete-button';
import { Facts } from './receipt/facts';

/** A failed import: the cause, what to do next, and the facts for whoever is asked for help. */
export function Failed({ view }: { view: ImportDetails }) {
  const failure = view.failure ?? {
    reason: 'INTERNAL',
    message: 'The import failed.',
    nextStep: 'Import the file again.',
  };
  return (
    <div className="space-y-6">
      <Card className="border-danger/40 p-5 sm:p-7">
        <h2 className="text-[13px] font-semibold tracking-wide text-danger">Why it failed</h2>
        <p
          role="alert"
          className="mt-2 text-lg leading-snug font-medium [overflow-wrap:anywhere] whitespace-pre-line"
        >
          {failure.message}
        </p>
        <h2 className="mt-6 text-[13px] font-semibold tracking-wide text-muted">What to do</h2>
        <p className="mt-2 max-w-prose leading-relaxed">{failure.nextStep}</p>
        <div className="mt-6 flex flex-wrap gap-2">
          <ImportFileLink />
          {view.file.deletedAt === null && (
            <Button asChild>
              <a href={addressOf('/imports/{id}/source', { path: { id: view.id } })} download>
                Download the file
              </a>
            </Button>
          )}
          <DeleteButton view={view} />
        </div>
        <p className="mt-6 border-t border-line pt-4 text-sm text-muted">
          {view.rows.read > 0 && `${formatCountOf(view.rows.read, 'row')} had been read. `}
          None of its rows are visible. Code: <code className="font-mono text-xs">{failure.reason}</code>
        </p>
      </Card>
      <Facts view={view} />
    </div>
  );
}

/** A cancelled import. */
export function Cancelled({ view }: { view: ImportDetails }) {
  return (
    <div className="space-y-6">
      <Notice tone="info" title="This import was cancelled" action={<DeleteButton view={view} />}>
        None of its rows are visible.
      </Notice>
      <Facts view={view} />
    </div>
  );
}
