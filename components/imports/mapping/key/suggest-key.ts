import { wordsOf } from '@/lib/shared/columns/match-headers';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { DraftColumn } from '../draft/draft';
import { readSample } from '../sample/read-sample';

/** In fewer rows, values are all different by chance. */
const fewestRows = 5;

const keyTypes = new Set<ColumnType>(['INTEGER', 'TEXT', 'EMAIL']);

/** Last words of the names of keys, the surest first. */
const keyWords = [
  ['id', 'uuid', 'guid', 'key', 'identifier', 'pk'],
  ['sku', 'ean', 'gtin', 'isbn', 'iban', 'vin', 'code', 'ref', 'reference'],
  ['number', 'no', 'nr', 'num', 'nummer', 'numero', 'email', 'mail'],
];

/** Numbers that identify something else than the row. */
const otherNumbers = new Set([
  'phone',
  'telephone',
  'tel',
  'mobile',
  'fax',
  'house',
  'zip',
  'postal',
  'post',
]);

/**
 * The column of a new dataset that is likely to be its key: named like one, filled and different in each of the file's
 * first rows.
 */
export function suggestKey(columns: DraftColumn[], rows: InspectionView['sample']): DraftColumn | null {
  if (rows.length < fewestRows) return null;
  const named = columns
    .filter(({ included, open, type }) => included && !open && keyTypes.has(type))
    .flatMap((column) => {
      const rank = keyRank(column.name);
      return rank < 0 ? [] : [{ column, rank }];
    });
  // Of those named alike the first: keys stand on the left.
  named.sort((a, b) => a.rank - b.rank);
  const found = named.find(({ column }) => {
    const { fit, distinct } = readSample(rows, column, null);
    return fit === rows.length && distinct === rows.length;
  });
  return found?.column ?? null;
}

function keyRank(name: string): number {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  if (words.some((word) => otherNumbers.has(word))) return -1;
  return keyWords.findIndex((known) => known.includes(last));
}
