import { movedPoint } from './numbers';
import type { CellCheck, CheckOptions } from './types';

const sign = String.raw`(?:[A-Z]{0,3}\p{Sc}|[A-Z]{3}|Kč|zł|kr\.?|Fr\.?)`;
const before = new RegExp(String.raw`^([+-]?)\s*${sign}\s*(?=[\d.,+-])`, 'u');
const after = new RegExp(String.raw`(?<=[\d.,])\s*${sign}$`, 'u');

/** Groups of three, set apart by one and the same sign. */
const groupedWithPoint = /^[+-]?\d{1,3}([,'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(?:\.\d*)?$/;
const groupedWithComma = /^[+-]?\d{1,3}([.'’ \u00a0\u202f])\d{3}(?:\1\d{3})*(?:,\d*)?$/;

/**
 * Lets a check of numbers take what the column's format adds to them: currency and percent signs, thousands set
 * apart. What is spelled otherwise comes to the check as it is.
 */
export function checkSpelledNumber(check: CellCheck, { format, decimalSign }: CheckOptions): CellCheck {
  if (!format?.grouping && !format?.currency && !format?.percent) return check;
  const grouped = decimalSign === ',' ? groupedWithComma : groupedWithPoint;
  return (raw) => {
    let text = raw.trim();
    const isPercent = format.percent !== undefined && text.endsWith('%');
    if (isPercent) text = text.slice(0, -1).trimEnd();
    if (format.currency) {
      const bare = text.replace(before, '$1');
      text = bare === text ? text.replace(after, '') : bare;
    }
    if (format.grouping) {
      const apart = grouped.exec(text)?.[1];
      if (apart !== undefined) text = text.replaceAll(apart, '');
    }
    const checked = check(text);
    return isPercent && format.percent === 'fraction' && typeof checked === 'string'
      ? movedPoint(checked, -2)
      : checked;
  };
}
