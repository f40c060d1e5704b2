import { Check, TriangleAlert } from 'lucide-react';
import { formatCount, formatCountOf } from '@/components/format/count';
import type { RowCounts } from '@/lib/shared/schema/import/import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { replacedAs, replacedWords } from '../rows/outcome-labels';

const lines = [
  { key: 'inserted', name: 'Inserted' },
  { key: 'updated', name: 'Updated' },
  { key: 'unchanged', name: 'Unchanged' },
  { key: 'skipped', name: 'Skipped' },
  { key: 'rejected', name: 'Rejected' },
] as const;

/**
 * What became of every row that was read, down to the sum.
 * @param replaces what it did to the dataset that it replaced
 * @param listed true where the rows behind each count are listed on the page
 */
export function RowTally({
  rows,
  replaces = null,
  listed = false,
}: {
  rows: RowCounts;
  replaces?: ImportDetails['replaces'];
  listed?: boolean;
}) {
  const sum = lines.reduce((total, { key }) => total + rows[key], 0);
  const balances = sum === rows.read;
  return (
    <div className="tabular-nums">
      <dl>
        {linesOf(replaces).map(({ key, name, at }) => (
          <Line
            key={key}
            name={name}
            value={rows[key]}
            quiet={rows[key] === 0}
            warn={key === 'rejected'}
            href={listed && rows[key] > 0 ? `#${at}-rows` : undefined}
          />
        ))}
        <Line name="Rows read" value={rows.read} total />
      </dl>
      {balances ? (
        <p className="mt-4 flex items-center gap-2 text-[13px] font-medium text-ok">
          <Check aria-hidden className="size-4" strokeWidth={2.5} />
          The numbers add up. Counted in the database.
        </p>
      ) : (
        <p role="alert" className="mt-4 flex items-center gap-2 text-[13px] font-medium text-danger">
          <TriangleAlert aria-hidden className="size-4" />
          The numbers do not add up: {formatCountOf(Math.abs(rows.read - sum), 'row is', 'rows are')}{' '}
          unaccounted for. Tell your administrator.
        </p>
      )}
    </div>
  );
}

/** The lines of the tally. A replacement names what it did to the dataset; without a key its rows cannot be told apart. */
function linesOf(replaces: ImportDetails['replaces']) {
  return lines.flatMap((line): { key: keyof RowCounts; name: string; at: string }[] => {
    const { key, name } = line;
    if (!replaces || key === 'skipped' || key === 'rejected') return [{ key, name, at: key }];
    if (!replaces.keyed) return key === 'inserted' ? [{ key, name: replacedWords.added.name, at: key }] : [];
    const replaced = replacedAs[key];
    return [{ key, name: replacedWords[replaced].name, at: replaced }];
  });
}

function Line({
  name,
  value,
  quiet = false,
  warn = false,
  total = false,
  href,
}: {
  name: string;
  value: number;
  quiet?: boolean;
  warn?: boolean;
  total?: boolean;
  href?: string;
}) {
  const tone = quiet ? 'text-muted' : warn ? 'text-warn' : 'text-ink';
  return (
    <div
      className={`flex items-baseline gap-3 py-1.5 ${total ? 'mt-2 border-t-[3px] border-double border-field pt-3 text-lg font-semibold tracking-tight' : 'text-[15px]'}`}
    >
      <dt className={quiet ? 'text-muted' : ''}>{name}</dt>
      <span aria-hidden className="min-w-6 flex-1 border-b border-dotted border-field/70" />
      <dd className={`${tone} ${quiet ? '' : 'font-medium'}`}>
        {href ? (
          <a
            href={href}
            aria-label={`${formatCount(value)} ${name.toLowerCase()}: show the rows`}
            className="underline decoration-dotted underline-offset-4 hover:decoration-solid"
          >
            {formatCount(value)}
          </a>
        ) : (
          formatCount(value)
        )}
      </dd>
    </div>
  );
}
