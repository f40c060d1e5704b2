import { formatCount } from '@/components/format/count';
import { Table, Td, Th } from '@/components/ui/table';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import { madeValues, type Transformable } from './made-values';

const mostRows = 5;

/** The first rows of the file as they are, and as the steps make them. */
export function BeforeAfter({ column, inspection }: { column: Transformable; inspection: InspectionView }) {
  const rows = madeValues(column, inspection, mostRows);
  if (rows.length === 0) return null;
  return (
    <Table aria-label="Before and after" boxClassName="rounded-xl border border-line">
      <thead>
        <tr>
          <Th className="text-right">Row</Th>
          <Th>Before</Th>
          <Th>After</Th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map(({ row, before, after, reason }) => (
          <tr key={row}>
            <Td className="text-right text-muted tabular-nums">{formatCount(row)}</Td>
            <Td className="max-w-48 truncate font-mono text-[13px] whitespace-pre">
              {before.every((cell) => cell === '') ? <Empty /> : before.join(' | ')}
            </Td>
            <Td className="max-w-48 truncate font-mono text-[13px] whitespace-pre">
              {reason === null ? after || <Empty /> : <span className="text-danger">Rejected: {reason}</span>}
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

const Empty = () => <span className="font-sans text-muted">empty</span>;
