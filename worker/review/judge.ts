import type { RejectionReason } from '@/lib/imports/stored';
import { ofTheKey, ofTheReader } from '@/lib/review/codes';
import { storedValues } from '@/lib/review/edits/judge-edited';
import type { RejectedRow } from '@/lib/rows/row-writer';
import type { EncodePlan } from '../stage/plan';

/**
 * Judges a rejected row as the columns are now.
 * @returns its values by slot when it is valid, or the reasons for which it is not
 */
export function judge(
  { check, mapping }: Pick<EncodePlan, 'check' | 'mapping'>,
  { cells, reasons }: RejectedRow,
): { values: (string | null)[] } | RejectionReason[] {
  if (reasons.some(({ code }) => ofTheReader.includes(code) || ofTheKey.includes(code))) return reasons;
  // It was valid once: its cells are what was stored, and reading them as the file's would read them twice.
  if (reasons.some(({ code }) => code === 'not-unique')) return { values: storedValues(mapping, cells) };
  const found = check.check(cells);
  return found ?? { values: [...check.values] };
}
