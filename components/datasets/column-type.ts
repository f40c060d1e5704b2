import type { ColumnType } from '@/lib/shared/schema/dataset/column';

/** True for types whose values line up at the right. */
export function isNumeric(type: ColumnType): boolean {
  return type === 'INTEGER' || type === 'DECIMAL';
}
