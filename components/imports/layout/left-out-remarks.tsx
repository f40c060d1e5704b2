import { Button } from '@/components/ui/button';
import { Remark } from '@/components/ui/remark';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutChanges } from './use-layout';

/** Rows that look like no data, and a button each that makes data of them, or leaves them out. */
export function LeftOutRemarks({
  inspection: { leftOut },
  changes: { choose },
}: {
  inspection: InspectionView;
  changes: LayoutChanges;
}) {
  const chosen = Object.fromEntries(leftOut.map(({ kind, isLeftOut }) => [kind, isLeftOut]));
  return leftOut.map(({ kind, isLeftOut, says }) => (
    <Remark
      key={kind}
      title={says}
      action={
        <Button size="sm" onClick={() => choose({ leftOut: { ...chosen, [kind]: !isLeftOut } })}>
          {isLeftOut ? 'Import as data' : 'Leave out'}
        </Button>
      }
    />
  ));
}
