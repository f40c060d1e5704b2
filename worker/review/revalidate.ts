import type { RejectedRow } from '@/lib/server/datasets/rows/row-writer';
import { ofTheKey, ofTheReader } from '@/lib/server/imports/review/codes';
import { storedValues } from '@/lib/server/imports/review/edits/revalidate-edited';
import type { RejectionReason } from '@/lib/shared/schema/stored-import';
import type { EncodePlan } from '../stage/plan';

/**
 * Validates a rejected row as the columns are now.
 * @returns its values by slot when it is valid, or the reasons for which it is not
 */
export function revalidate(
  { check, mapping }: Pick<EncodePlan, 'check' | 'mapping'>,
  { cells, reasons }: RejectedRow,
): { values: (string | null)[] } | RejectionReason[] {
  if (reasons.some(({ code }) => ofTheReader.includes(code) || ofTheKey.includes(code))) return reasons;
  // It was valid once: its cells are what was stored, and reading them as the file's would read them twice.
  if (reasons.some(({ code }) => code === 'not-unique')) return { values: storedValues(mapping, cells) };
  const found = check.check(cells);
  return found ?? { values: [...check.values] };
}
