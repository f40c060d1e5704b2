import { formatCount } from '@/components/format/count';
import { Card, CardHeader } from '@/components/ui/card';
import { Table, Td, Th } from '@/components/ui/table';
import { typeLabel } from '@/lib/shared/columns/labels';
import { typeOf } from './draft/draft';
import { useMapping } from './draft/use-mapping';

/** More than this and the page gets slow while nobody looks that far. */
const mostColumns = 60;
const mostRows = 10;

/** The file's first rows under the names they will have. */
export function Preview() {
  const { inspection, columns, dataset } = useMapping();
  const shown = columns.slice(0, mostColumns);
  const rows = inspection.sample.slice(0, mostRows);
  const more = columns.length - shown.length;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Preview"
        about={`The first rows, as they are in the file.${more > 0 ? ` ${formatCount(more)} more columns are not shown.` : ''}`}
      />
      <Table aria-label="Preview" className="border-t border-line">
        <thead>
          <tr>
            <Th className="text-right">Row</Th>
            {shown.map((column) => (
              <Th key={column.index} className={column.included ? '' : 'opacity-50'}>
                <span className="block max-w-56 truncate text-[13px] text-ink" title={column.name}>
                  {column.name || `Column ${column.index + 1}`}
                </span>
                <span className="font-normal">
                  {column.included ? typeLabel(typeOf(column, dataset)) : 'Left out'}
                </span>
              </Th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ row, cells }) => (
            <tr key={row}>
              <Td className="text-right text-muted tabular-nums">{formatCount(row)}</Td>
              {shown.map((column) => (
                <Td
                  key={column.index}
                  title={cells[column.index]}
                  className={`max-w-56 truncate whitespace-pre tabular-nums ${column.included ? '' : 'text-muted line-through opacity-50'}`}
                >
                  {cells[column.index]}
                </Td>
              ))}
            </tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <Td colSpan={shown.length + 1} className="text-muted">
                There are no rows below the header.
              </Td>
            </tr>
          )}
        </tbody>
      </Table>
    </Card>
  );
}
