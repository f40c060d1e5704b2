import type { ColumnFix } from '@/lib/shared/columns/apply-fix';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';

/**
 * Whether rows that are valid could come out otherwise, so that the file has to be read again. All other fixes only
 * add to what is taken: a cell that was valid stays as it is, and looking at the rejected rows is enough.
 */
export function rereads({ type, dateOrder, decimalSign, format }: MappedColumn, fix: ColumnFix): boolean {
  switch (fix.kind) {
    case 'DATE_ORDER':
      // Without an order, and with the year first, only what every order reads alike is taken; unless years of two
      // digits are: 05/01/24 begins with the year, the day or the month.
      return (
        dateOrder !== fix.dateOrder &&
        (dateOrder === 'DMY' || dateOrder === 'MDY' || format?.firstYear !== undefined)
      );
    case 'DECIMAL_SIGN':
      return (decimalSign ?? '.') !== fix.decimalSign;
    case 'FORMAT':
      // What a percent sign means could have been chosen otherwise before; spaces count in a text.
      return (
        (fix.format.trim === true && type === 'TEXT' && format?.trim !== true) ||
        (format?.percent !== undefined &&
          fix.format.percent !== undefined &&
          format.percent !== fix.format.percent)
      );
    case 'EMPTY':
    case 'READ_AS':
      // Of a text, or where words are read otherwise already, some may be stored as they are.
      return type === 'TEXT' || type === 'CHOICE' || type === 'JSON' || (format?.values?.length ?? 0) > 0;
    case 'ALLOW':
    case 'DEFAULT':
    case 'OPTIONAL':
      return false;
    case 'TEXT':
      return true;
    default:
      return fix satisfies never;
  }
}
