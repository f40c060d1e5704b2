import type { DateOrder } from '../dataset/column';
import type { Fix } from './fix';

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
      return `Use a ${fix.decimalSign === ',' ? 'comma' : 'point'} as the decimal separator of “${fix.column}”`;
    case 'FORMAT':
      return `Allow ${formats(fix.format)} in “${fix.column}”`;
    case 'EMPTY':
      return `Treat ${listed(fix.words)} as empty in “${fix.column}”`;
    case 'READ_AS':
      return `Read “${fix.from}” as “${fix.to}” in “${fix.column}”`;
    case 'ALLOW':
      return `Add ${listed(fix.values)} to the allowed values of “${fix.column}”`;
    case 'DEFAULT':
      return `Fill empty cells of “${fix.column}” with “${fix.value}”`;
    case 'OPTIONAL':
      return `Let “${fix.column}” be empty`;
    case 'TEXT':
      return `Change the type of “${fix.column}” to text`;
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
export function describeScope(fix: Fix): string {
  if (fix.kind === 'PAD_SHORT_ROWS') return 'Applies to this file only.';
  return changesDataset(fix)
    ? `Also changes the dataset’s column “${fix.column}” for later files.`
    : 'Also suggested for later files with the same columns.';
}

function formats(format: Extract<Fix, { kind: 'FORMAT' }>['format']): string {
  const said = [
    format.grouping && 'thousands separators',
    format.currency && 'currency signs',
    format.percent && 'percent signs',
    format.trim && 'values with spaces around them',
  ].filter((part) => typeof part === 'string');
  return said.join(' and ') || 'nothing else';
}
