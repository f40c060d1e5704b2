import { formatCount } from '@/components/format/count';
import { Button } from '@/components/ui/button';
import { Remark } from '@/components/ui/remark';
import { headerRowsNote } from '@/lib/shared/csv/header-rows';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { LayoutChanges } from './use-layout';

/** Says that several rows name the columns, with a button for each that would do so alone. */
export function HeaderRowsRemark({
  inspection: { layout, columns },
  changes: { choose },
}: {
  inspection: InspectionView;
  changes: LayoutChanges;
}) {
  const { headerRows } = layout;
  if (headerRows.length < 2) return null;
  const named = columns.slice(0, 3).map(({ name }) => `“${name}”`);
  return (
    <Remark
      title={headerRowsNote(headerRows)}
      action={
        <div className="flex flex-wrap gap-2">
          {headerRows.map((row) => (
            <Button key={row} size="sm" onClick={() => choose({ headerRow: row, headerRows: 1 })}>
              Use row {formatCount(row)} only
            </Button>
          ))}
        </div>
      }
    >
      The columns are called {named.join(', ')}
      {columns.length > named.length ? ' and so on' : ''}. If you use one row only, rows above it are not
      imported, and rows below it are data.
    </Remark>
  );
}
