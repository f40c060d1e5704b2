import { formatCount } from '@/components/format/count';
import { Card, CardHeader } from '@/components/ui/card';
import { Table, Td, Th } from '@/components/ui/table';
import { typeLabel } from '@/lib/shared/columns/labels';
import { columnNamed, type DraftColumn, typeOf } from '../draft/draft';
import { useMapping } from '../draft/use-mapping';
import { readSample } from './read-sample';
import { SampleValue } from './sample-value';

/** More than this and the page gets slow while nobody looks that far. */
const mostColumns = 60;
const mostRows = 10;

/** The file's first rows under the names they will have, as they are read. */
export function Preview() {
  const { inspection, columns, added, dataset } = useMapping();
  const all = [...columns, ...added];
  const shown = all.slice(0, mostColumns).map((column) => ({
    column,
    type: typeOf(column, dataset),
    sample: readSample(inspection.sample, column, columnNamed(dataset, column.name), inspection.columns),
  }));
  const rows = inspection.sample.slice(0, mostRows);
  const more = all.length - shown.length;
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Preview"
        about={`The first rows, as they are read. Values that do not fit are marked.${more > 0 ? ` ${formatCount(more)} more columns are not shown.` : ''}`}
      />
      <Table aria-label="Preview" className="border-t border-line">
        <thead>
          <tr>
            <Th className="text-right">Row</Th>
            {shown.map(({ column, type }) => (
              <Th key={column.index} className={look(column, type, 'opacity-50')}>
                <span className="block max-w-56 truncate text-[13px] text-ink" title={column.name}>
                  {column.name || `Column ${column.index + 1}`}
                </span>
                <span className="font-normal">{column.included ? typeLabel(type) : 'Left out'}</span>
              </Th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {rows.map(({ row }, place) => (
            <tr key={row}>
              <Td className="text-right text-muted tabular-nums">{formatCount(row)}</Td>
              {shown.map(({ column, type, sample }) => {
                const cell = sample.cells[place];
                return (
                  <Td
                    key={column.index}
                    title={cell?.reason ?? cell?.raw}
                    className={`max-w-56 truncate whitespace-pre tabular-nums ${look(column, type, 'text-muted line-through opacity-50')}`}
                  >
                    {cell && <SampleValue cell={cell} />}
                  </Td>
                );
              })}
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

/** Numbers stand below each other by their digits; what is left out looks so. */
function look(column: DraftColumn, type: string, leftOut: string): string {
  const side = type === 'DECIMAL' || type === 'INTEGER' ? 'text-right [&>span]:ml-auto' : '';
  return column.included ? side : `${side} ${leftOut}`;
}
