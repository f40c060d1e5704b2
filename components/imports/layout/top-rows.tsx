import type { ReactNode } from 'react';
import { formatCount } from '@/components/format/count';
import { Table, Td } from '@/components/ui/table';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';

/** Columns enough to tell a row of names from a row of values. */
const mostColumns = 12;

/** The first rows of a file as they stand in it. */
export function TopRows({
  label,
  rows,
  headerRows,
  first,
  children,
}: {
  label: string;
  rows: InspectionView['top'];
  /** Rows that name the columns. */
  headerRows: number[];
  /** A cell before each row. */
  first?: (row: number) => ReactNode;
  /** Rows before the first. */
  children?: ReactNode;
}) {
  const width = Math.min(mostColumns, Math.max(0, ...rows.map(({ cells }) => cells.length)));
  return (
    <Table aria-label={label} className="border-t border-line">
      <tbody className="divide-y divide-line">
        {children}
        {rows.map(({ row, cells }) => {
          const look = headerRows.includes(row)
            ? 'bg-accent-soft font-semibold'
            : row < (headerRows[0] ?? 0)
              ? 'text-muted'
              : '';
          return (
            <tr key={row} className={look}>
              <Td className="w-0 whitespace-nowrap">
                {first ? first(row) : <span className="text-muted tabular-nums">{formatCount(row)}</span>}
              </Td>
              {Array.from({ length: width }, (_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
                <Td key={column} className="max-w-48 truncate whitespace-pre" title={cells[column]}>
                  {cells[column]}
                </Td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}
