import type { SheetExtent } from './layout';

/** `3,214 rows, 12 columns`; of a sheet too large to be counted, `about 500,000 rows, 12 columns`. */
export function extentText({ rows, columns, isExact }: SheetExtent): string {
  const counted = (count: number, what: string) =>
    `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
  return `${isExact ? '' : 'about '}${counted(rows, 'row')}, ${counted(columns, 'column')}`;
}
