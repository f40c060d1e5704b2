import { formatCount } from '@/components/format/count';
import type { ColumnFormat, ColumnRules } from '@/lib/columns/rules';

/** What a column asks of its values, in a few words each. */
export function ruleWords(rules: ColumnRules | null | undefined): string[] {
  if (!rules) return [];
  const { required, unique, min, max, minLength, maxLength, pattern, allowed } = rules;
  return [
    required && 'required',
    unique && 'unique',
    rangeWords(min, max, ''),
    rangeWords(minLength, maxLength, ' characters'),
    pattern && `pattern ${pattern}`,
    allowed && `${formatCount(allowed.length)} allowed ${allowed.length === 1 ? 'value' : 'values'}`,
    rules.default !== undefined && `default ${rules.default}`,
  ].filter((word) => typeof word === 'string');
}

function rangeWords(
  least: string | number | undefined,
  most: string | number | undefined,
  unit: string,
): string | false {
  if (least !== undefined && most !== undefined) return `${least} to ${most}${unit}`;
  if (least !== undefined) return `at least ${least}${unit}`;
  return most !== undefined && `at most ${most}${unit}`;
}

/** How a file spells a column's values, in a few words each. */
export function formatWords(format: ColumnFormat | null | undefined): string[] {
  if (!format) return [];
  const { trim, empty, grouping, currency, percent } = format;
  return [
    trim && 'trimmed',
    empty?.length && `${empty.join(', ')} = empty`,
    grouping && 'thousands set apart',
    currency && 'currency sign left out',
    percent === 'number' && '5% = 5',
    percent === 'fraction' && '5% = 0.05',
  ].filter((word) => typeof word === 'string');
}
