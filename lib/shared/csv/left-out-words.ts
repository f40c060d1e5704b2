import type { LayoutView } from '../schema/file/layout';

const numbers = new Intl.NumberFormat('en');
/** A number of rows in words. */
export const counted = (count: number) => `${numbers.format(count)} ${count === 1 ? 'row' : 'rows'}`;

/** Which rows of a file were not imported and are no rejections either; empty where there are none. Safe in a browser. */
export function leftOutWords({
  rowsLeftOut,
  layout,
}: {
  rowsLeftOut: number;
  layout: Pick<LayoutView, 'rowsAbove' | 'headerRow'> | null;
}): string {
  const above = layout?.rowsAbove ?? 0;
  const said = [
    above > 0 && `${counted(above)} above the ${layout?.headerRow === null ? 'table' : 'header'}`,
    rowsLeftOut > 0 &&
      `${counted(rowsLeftOut)} that ${rowsLeftOut === 1 ? 'is' : 'are'} blank or not part of the table`,
  ];
  return said.filter((part) => part !== false).join(', ');
}
