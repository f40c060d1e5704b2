import { dateOrderWords, formatWords, ruleWords, typeLabel } from '@/lib/shared/columns/labels';
import { transformWords } from '@/lib/shared/columns/transform/labels';
import { rowRange } from '@/lib/shared/csv/header-rows';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';

function writing(column: MappedColumnInput): string {
  const parts = [typeLabel(column.type)];
  if (column.dateOrder) parts.push(dateOrderWords[column.dateOrder]);
  if (column.decimalSign === ',') parts.push('decimal comma');
  const { format, rules, transform } = column;
  return [...parts, ...formatWords(format), ...ruleWords(rules), ...transformWords(transform)].join(', ');
}

/** How the file was read and which columns were stored as what. */
export function Columns({ view }: { view: ImportDetails }) {
  const { mapping, layout } = view;
  if (!mapping) return null;
  const reading = layout
    ? [
        layout.format.toUpperCase(),
        layout.sheet,
        layout.encoding,
        layout.headerRows.length > 0 && `header in ${rowRange(layout.headerRows).toLowerCase()}`,
      ]
        .filter(Boolean)
        .join(' · ')
    : null;
  return (
    <details className="group rounded-2xl border border-line bg-surface shadow-lift">
      <summary className="flex items-center justify-between gap-4 rounded-2xl px-5 py-4 font-semibold tracking-tight marker:content-none sm:px-6">
        <span>
          Columns <span className="font-normal text-muted tabular-nums">{mapping.length}</span>
        </span>
        <span aria-hidden className="text-muted transition-transform group-open:rotate-180 print:hidden">
          <svg viewBox="0 0 16 16" className="size-4" fill="none" stroke="currentColor" strokeWidth="1.6">
            <title>Show or hide</title>
            <path d="m4 6 4 4 4-4" strokeLinecap="round" />
          </svg>
        </span>
      </summary>
      {reading && <p className="px-5 pb-3 text-sm text-muted sm:px-6">{reading}</p>}
      <ul className="divide-y divide-line border-t border-line text-sm">
        {mapping.map((column) => (
          <li key={column.index} className="flex flex-wrap justify-between gap-x-4 px-5 py-2 sm:px-6">
            <span className="truncate" title={column.name}>
              {column.name}
            </span>
            <span className="min-w-0 text-muted [overflow-wrap:anywhere]">{writing(column)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
