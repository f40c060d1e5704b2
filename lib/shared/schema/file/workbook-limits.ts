/** Rows in a workbook of rejected rows: its writer may hold some hundred bytes of each. */
export const mostInWorkbook = 100_000;
/** Comments take ten times the room of a cell; the reason stands in a column of its own as well. */
export const mostComments = 5_000;

const count = (rows: number) => rows.toLocaleString('en');

/** Whether so many rejected rows can be had as a workbook. */
export function fitsWorkbook(rejected: number): boolean {
  return rejected <= mostInWorkbook;
}

/** What a person should know of the workbook of so many rejected rows, or null. */
export function workbookNote(rejected: number): string | null {
  if (!fitsWorkbook(rejected))
    return `They are too many for an Excel file, which takes ${count(mostInWorkbook)} of them. Excel opens the CSV file, up to a million rows.`;
  return rejected > mostComments
    ? `In the Excel file the first ${count(mostComments)} bad cells have the reason as a comment. Its last column has every reason.`
    : null;
}
