import type { DateOrder } from './imports';
import type { Fix } from './review';

const orders: Record<DateOrder, string> = {
  DMY: 'day first (31/12/2026)',
  MDY: 'month first (12/31/2026)',
  YMD: 'year first (2026-12-31)',
};

const listed = (values: string[]) => values.map((value) => `“${value}”`).join(', ');

/** What a fix does, as the words on its button and in the receipt. Safe in a browser. */
export function describeFix(fix: Fix): string {
  switch (fix.kind) {
    case 'DATE_ORDER':
      return `Read the dates of “${fix.column}” ${orders[fix.dateOrder]}`;
    case 'DECIMAL_SIGN':
      return `Take a ${fix.decimalSign === ',' ? 'comma' : 'point'} as the decimal sign of “${fix.column}”`;
    case 'FORMAT':
      return `Take ${formats(fix.format)} in “${fix.column}”`;
    case 'EMPTY':
      return `Count ${listed(fix.words)} as empty in “${fix.column}”`;
    case 'READ_AS':
      return `Read “${fix.from}” as “${fix.to}” in “${fix.column}”`;
    case 'ALLOW':
      return `Add ${listed(fix.values)} to the allowed values of “${fix.column}”`;
    case 'DEFAULT':
      return `Store “${fix.value}” where “${fix.column}” is empty`;
    case 'OPTIONAL':
      return `Let “${fix.column}” be empty`;
    case 'TEXT':
      return `Make “${fix.column}” text`;
    case 'PAD_SHORT_ROWS':
      return 'Fill up short rows with empty cells';
    default:
      return fix satisfies never;
  }
}

/** Whether a fix changes the dataset's column, and not only how this file is read. */
export function changesDataset({ kind }: Fix): boolean {
  return kind === 'ALLOW' || kind === 'DEFAULT' || kind === 'OPTIONAL' || kind === 'TEXT';
}

/** Which files a fix changes beside the one in review: a sentence for its button. Safe in a browser. */
export function describeReach(fix: Fix): string {
  if (fix.kind === 'PAD_SHORT_ROWS') return 'Only this file changes.';
  return changesDataset(fix)
    ? `The dataset’s column “${fix.column}” changes, for later files too.`
    : 'It is suggested for later files with the same columns too.';
}

function formats(format: Extract<Fix, { kind: 'FORMAT' }>['format']): string {
  const said = [
    format.grouping && 'thousands separators',
    format.currency && 'currency signs',
    format.percent && 'percent signs',
    format.trim && 'values with spaces around them',
  ].filter((it) => typeof it === 'string');
  return said.join(' and ') || 'nothing else';
}
