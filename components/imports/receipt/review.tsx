import { Card, CardHeader } from '@/components/ui/card';
import { Notice } from '@/components/ui/notice';
import type { ImportDetails } from '@/lib/imports/contract';
import { CancelButton } from '../cancel-button';
import { Account } from './account';
import { Rejections } from './rejections';

/** Everything is staged and waits for approval: what publishing would do. */
export function Review({ view }: { view: ImportDetails }) {
  return (
    <div className="space-y-6">
      <Notice tone="warn" title="This import waits for its review">
        All rows are read and checked. Nobody sees them before it is approved.
      </Notice>
      <Card>
        <CardHeader title="What publishing would do" actions={<CancelButton view={view} />} />
        <div className="max-w-md px-5 pb-6 sm:px-6">
          <Account rows={view.rows} />
        </div>
      </Card>
      {view.rows.rejected > 0 && <Rejections view={view} />}
    </div>
  );
}
