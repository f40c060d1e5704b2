import { dateOrderWords, decimalSignWords, hasDateOrder, hasDecimalSign } from '@/lib/shared/columns/labels';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';
import type { DraftColumn } from '../draft/draft';

/**
 * What in the file speaks against how its values are to be read, as the dataset's column, an earlier import or the
 * person says: a sentence with the row that shows it, or null.
 */
export function contradictionOf(
  { included, open, dateOrder, decimalSign }: DraftColumn,
  proposal: ProposedColumn,
  type: ColumnType,
): string | null {
  if (!included || open) return null;
  const readings = [proposal, ...(proposal.suggestion ? [proposal.suggestion] : [])];
  if (hasDateOrder(type)) {
    const proof = readings.find((reading) => reading.dateOrder !== null);
    if (!proof || proof.dateOrder === dateOrder) return null;
    return `${proof.evidence} But ${dateOrder ? dateOrderWords[dateOrder] : 'only ISO 8601 (2026-03-14)'} is chosen for “${proposal.name}”.`;
  }
  // A suggestion without a sign leaves it open.
  const decided = readings.filter((reading) =>
    'ambiguous' in reading ? !reading.ambiguous : reading.decimalSign !== null,
  );
  const proof = hasDecimalSign(type) ? decided.find((reading) => reading.type === 'DECIMAL') : undefined;
  const chosen = decimalSign ?? '.';
  if (!proof || (proof.decimalSign ?? '.') === chosen) return null;
  return `${proof.evidence} But the ${decimalSignWords[chosen]} is chosen for “${proposal.name}”.`;
}
