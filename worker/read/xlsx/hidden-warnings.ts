import type { SurveyedSheet } from './list-sheets';
import { columnLetters } from './sheet/cell-name';
import type { Stretch } from './sheet/sheet-survey';

/** Stretches of rows, and columns, that are named. */
const mostNamed = 5;

/**
 * Which rows and columns a spreadsheet program does not show. They are data like the others: a filter may have hidden them.
 *
 * @param columns names of the table's columns
 * @param firstRow of the data: what is hidden above it is not imported anyway
 */
export function hiddenWarnings(
  { survey, extent }: SurveyedSheet,
  columns: string[],
  firstRow: number,
): string[] {
  if (!survey) return [];
  const warnings: string[] = [];
  const below = survey.hiddenRows.flatMap(([first, last]): Stretch[] =>
    last < firstRow ? [] : [[Math.max(first, firstRow), last]],
  );
  const rows = survey.hiddenRowCount - (lengthOf(survey.hiddenRows) - lengthOf(below));
  if (rows > 0) {
    const beginning = extent?.isExact ? '' : ` among the first ${survey.rows.toLocaleString('en')} rows`;
    const count = `${rows.toLocaleString('en')} ${rows === 1 ? 'row is' : 'rows are'}`;
    warnings.push(
      `${count} hidden in the workbook${beginning} (${rowsNamed(below)}) and imported like the others.`,
    );
  }
  const hidden = survey.hiddenColumns.filter((column) => column < columns.length);
  if (hidden.length > 0) {
    const count = `${hidden.length.toLocaleString('en')} ${hidden.length === 1 ? 'column is' : 'columns are'}`;
    const named = hidden.slice(0, mostNamed).map((at) => `${columnLetters(at)} “${columns[at] ?? ''}”`);
    warnings.push(
      `${count} hidden in the workbook (${listed(named, hidden.length)}) and imported like the others.`,
    );
  }
  return warnings;
}

const lengthOf = (stretches: Stretch[]) =>
  stretches.reduce((sum, [first, last]) => sum + last - first + 1, 0);

function rowsNamed(stretches: Stretch[]): string {
  const named = stretches.slice(0, mostNamed).map(([first, last]) => {
    const [from, to] = [first, last].map((row) => row.toLocaleString('en'));
    return first === last ? from : `${from}–${to}`;
  });
  const isOne = stretches.length === 1 && stretches[0]?.[0] === stretches[0]?.[1];
  return `${isOne ? 'row' : 'rows'} ${named.join(', ')}${stretches.length > mostNamed ? ' and more' : ''}`;
}

const listed = (named: string[], count: number) =>
  named.join(', ') + (count > named.length ? ` and ${count - named.length} more` : '');
