import type { ColumnType } from '../schema/dataset/column';

const shortMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Canonical text as a person reads it: “1,626.88”, “8 Jan 2026”. Safe in a browser. */
export function displayValue(type: ColumnType, value: string): string {
  switch (type) {
    case 'DECIMAL':
      return grouped(value);
    case 'BOOLEAN':
      return value === 'true' ? 'Yes' : 'No';
    case 'DATE':
      return dayOf(value);
    case 'DATETIME': {
      const [day = '', time = ''] = value.split('T');
      return `${dayOf(day)}, ${timeOf(time)}`;
    }
    case 'TIME':
      return timeOf(value);
    // Whole numbers are identifiers and years as often as amounts: grouped they would be hard to recognize.
    case 'INTEGER':
    case 'TEXT':
    case 'EMAIL':
    case 'URL':
    case 'CHOICE':
    case 'JSON':
      return value;
    default:
      return type satisfies never;
  }
}

/** In digits, as they stand there: a number of JavaScript would round them. */
function grouped(value: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(value) ?? [];
  if (whole === '' && fraction === '') return value;
  const thousands = (whole || '0').replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${sign}${thousands}${fraction && `.${fraction}`}`;
}

function dayOf(value: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) ?? [];
  return year ? `${Number(day)} ${shortMonths[Number(month) - 1]} ${Number(year)}` : value;
}

/** Without seconds that are none. */
const timeOf = (value: string) => value.replace(/^(\d\d:\d\d):00(?=$|Z|[+-])/, '$1');
