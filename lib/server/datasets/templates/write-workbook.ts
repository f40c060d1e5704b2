import type { CellValue, Workbook } from 'exceljs';
import { ruleWords, typeLabel } from '@/lib/shared/columns/labels';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { DatasetColumnView } from '@/lib/shared/schema/dataset/dataset';

declare module 'exceljs' {
  interface Worksheet {
    /** Of whole ranges; the library's own types know those of single cells alone. */
    dataValidations: { add(range: string, validation: DataValidation): void };
  }
}

/** As far down as a column is formatted and offers its list. */
const lastRow = 10_000;
/** Values that all lists of a workbook have together: beyond, columns go without, and the file stays small. */
const mostListed = 20_000;
/** Of a list, in a comment. */
const mostNamed = 10;

/** How cells show what is typed into them. Text as text: leading zeros and long numbers stay as they are. */
const formats: Record<ColumnType, string> = {
  TEXT: '@',
  INTEGER: '0',
  DECIMAL: 'General',
  BOOLEAN: 'General',
  DATE: 'yyyy-mm-dd',
  DATETIME: 'yyyy-mm-dd hh:mm:ss',
  TIME: 'hh:mm:ss',
  EMAIL: '@',
  URL: '@',
  CHOICE: '@',
  JSON: '@',
};

/**
 * A workbook with the headers, which tell type and rules in a comment, lists to choose from, and an example row.
 * @param row in canonical text
 */
export async function writeWorkbook(
  columns: DatasetColumnView[],
  row: (string | null)[] | null,
): Promise<Uint8Array> {
  // Loaded on first use; most requests never need it.
  const { default: exceljs } = await import('exceljs');
  const workbook = new exceljs.Workbook();
  const sheet = workbook.addWorksheet('Rows', { views: [{ state: 'frozen', ySplit: 1 }] });
  const listOf = listsIn(workbook);
  for (const [i, column] of columns.entries()) {
    const { name, type, rules } = column;
    const letters = sheet.getColumn(i + 1).letter;
    sheet.getColumn(i + 1).numFmt = formats[type];
    sheet.getColumn(i + 1).width = Math.min(40, Math.max(14, name.length + 4));
    const header = sheet.getCell(1, i + 1);
    header.value = name;
    header.numFmt = '@';
    header.font = { bold: true };
    header.note = commentOn(column);
    const value = row?.[i] ?? null;
    if (value !== null) sheet.getCell(2, i + 1).value = cellOf(type, value);
    const list = type === 'BOOLEAN' ? '"TRUE,FALSE"' : rules?.allowed && listOf(rules.allowed);
    if (list) {
      sheet.dataValidations.add(`${letters}2:${letters}${lastRow}`, {
        type: 'list',
        formulae: [list],
        allowBlank: !rules?.required || rules.default !== undefined,
        showErrorMessage: true,
        errorTitle: name.slice(0, 30),
        error: 'Choose one of the values in the list.',
      });
    }
  }
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

/** Lists are kept on a hidden sheet: within a rule they may have 255 characters, and no commas. */
function listsIn(workbook: Workbook): (values: string[]) => string | undefined {
  let lists = 0;
  let listed = 0;
  return (values) => {
    if (listed + values.length > mostListed) return undefined;
    listed += values.length;
    lists += 1;
    const sheet = workbook.getWorksheet('Lists') ?? workbook.addWorksheet('Lists', { state: 'hidden' });
    const column = sheet.getColumn(lists);
    column.numFmt = '@';
    for (const [i, value] of values.entries()) sheet.getCell(i + 1, lists).value = value;
    return `Lists!$${column.letter}$1:$${column.letter}$${values.length}`;
  };
}

function commentOn({ type, rules }: DatasetColumnView): string {
  const words = ruleWords(rules).filter((word) => !/allowed values?$/.test(word));
  const { allowed } = rules ?? {};
  const named = allowed?.slice(0, mostNamed).join(', ');
  return [
    typeLabel(type),
    ...words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)),
    ...(allowed
      ? [`One of: ${named}${allowed.length > mostNamed ? ` and ${allowed.length - mostNamed} more` : ''}`]
      : []),
  ].join('\n');
}

/** Excel's first day that it counts right. */
const firstDay = '1900-03-01';

/** A cell that Excel knows as what it is, unless it would change it. */
function cellOf(type: ColumnType, value: string): CellValue {
  switch (type) {
    case 'INTEGER':
    case 'DECIMAL':
      return String(Number(value)) === value && value.replace(/\D/g, '').length <= 15 ? Number(value) : value;
    case 'BOOLEAN':
      return value === 'true';
    case 'DATE':
    case 'DATETIME':
      return value < firstDay ? value : new Date(`${value.slice(0, 10)}T${value.slice(11) || '00:00:00'}Z`);
    case 'TIME':
      return new Date(`1899-12-30T${value}Z`);
    default:
      return value;
  }
}
