import { movedPoint } from '../numbers';
import type { CellCheck, CheckOptions } from '../types';
import { withoutCurrency } from './currency';
import { asciiNumber } from './digits';

/** Spaces that set thousands apart: plain, no-break, figure, thin and narrow ones. */
const spaces = String.raw`\u0020\u00a0\u2007\u2009\u202f`;

/** Groups of three, set apart by one and the same sign; the first one holds something. */
const groupedWithPoint = new RegExp(
  String.raw`^[+-]?[1-9]\d{0,2}([,'’${spaces}])\d{3}(?:\1\d{3})*(?:\.\d*)?$`,
);
const groupedWithComma = new RegExp(
  String.raw`^[+-]?[1-9]\d{0,2}([.'’${spaces}])\d{3}(?:\1\d{3})*(?:,\d*)?$`,
);
/** As in India: three digits at the end, and twos before them. */
const indian = /^[+-]?[1-9]\d?(?:,\d{2})*,\d{3}(?:\.\d*)?$/;

const minusSigns = /[\u2212\ufe63\uff0d]/g;
const creditDebit = /\s*(cr|dr)\.?$/i;

/**
 * Lets a check of numbers take what the column's format adds to them: currency and percent signs, thousands set
 * apart, other ways to write a minus, digits of other scripts. What is spelled otherwise comes to the check as it is.
 */
export function checkSpelledNumber(check: CellCheck, { format, decimalSign }: CheckOptions): CellCheck {
  if (!format) return check;
  const { grouping, indianGrouping, currency, percent, negativeSigns, debitCredit, otherDigits } = format;
  if (!(grouping || indianGrouping || currency || percent || negativeSigns || debitCredit || otherDigits))
    return check;
  const grouped = decimalSign === ',' ? groupedWithComma : groupedWithPoint;
  return (raw) => {
    let text = raw.trim();
    let minus = false;
    if (otherDigits) text = asciiNumber(text, decimalSign ?? '.');
    if (debitCredit) {
      const mark = creditDebit.exec(text);
      if (mark) text = text.slice(0, mark.index);
      minus = mark?.[1]?.toLowerCase() === 'dr';
    }
    if (negativeSigns) [text, minus] = withoutMinus(text.replace(minusSigns, '-'), minus);
    const isPercent = percent !== undefined && text.endsWith('%');
    if (isPercent) text = text.slice(0, -1).trimEnd();
    if (currency) {
      text = withoutCurrency(text);
      if (negativeSigns) [text, minus] = withoutMinus(text, minus);
    }
    if (indianGrouping && indian.test(text)) text = text.replaceAll(',', '');
    else if (grouping) {
      const apart = grouped.exec(text)?.[1];
      if (apart !== undefined) text = text.replaceAll(apart, '');
    }
    // Twice negative: nobody can say what is meant.
    if (minus && /^[+-]/.test(text)) return check(raw);
    const checked = check(text);
    if (typeof checked !== 'string') return checked;
    const signed = minus && /[1-9]/.test(checked) ? `-${checked}` : checked;
    return isPercent && percent === 'fraction' ? movedPoint(signed, -2) : signed;
  };
}

/** Takes `(5)` and `5-` apart: the number, and whether it is negative. */
function withoutMinus(text: string, minus: boolean): [string, boolean] {
  if (minus) return [text, minus];
  if (text.startsWith('(') && text.endsWith(')')) return [text.slice(1, -1).trim(), true];
  return /[\d.,]\s*-$/.test(text) ? [text.slice(0, -1).trimEnd(), true] : [text, false];
}
