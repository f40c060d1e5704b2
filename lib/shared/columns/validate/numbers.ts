import { type CellCheck, type CheckOptions, Rejected } from './types';

/** PostgreSQL's bigint: 19 digits, of which every number of 18 fits. */
const wholeNumber = /^[+-]?(?:0|[1-9]\d{0,17})$/;
const zeros = /^[+-]?0\d/;
const exponent = /^([+-]?)(\d{1,1000})(?:\.(\d{0,1000}))?[eE]([+-]?\d{1,3})$/;
/** PostgreSQL's numeric takes 131,072 digits before the point; nobody's spreadsheet does. */
const plainNumber = /^[+-]?(?:\d{1,1000}(?:\.\d{0,1000})?|\.\d{1,1000})$/;

/** Whole numbers that fit a bigint. Leading zeros are refused: an integer would lose them. */
export function checkInteger(): CellCheck {
  return (raw) => {
    if (wholeNumber.test(raw)) return raw.charCodeAt(0) === 43 ? raw.slice(1) : raw;
    const text = raw.trim();
    if (text !== raw && wholeNumber.test(text)) return text.startsWith('+') ? text.slice(1) : text;
    if (zeros.test(text)) {
      return new Rejected(
        'leading-zeros',
        'It has leading zeros, which a number would lose. Make the column text to keep them.',
      );
    }
    if (/^[+-]?\d+$/.test(text)) {
      return new Rejected(
        'too-many-digits',
        'It has more than 18 digits, too many for a whole number. Make the column decimal or text.',
      );
    }
    if (plainNumber.test(text))
      return new Rejected(
        'not-whole',
        'It is not a whole number. Make the column decimal to keep the fraction.',
      );
    return new Rejected('not-a-number', 'It is not a whole number. Correct it or make the column text.');
  };
}

/** Decimal numbers of any length, exactly. `1E5` is written out as 100000; grouping signs are refused. */
export function checkDecimal({ decimalSign }: CheckOptions): CellCheck {
  const comma = decimalSign === ',';
  return (raw) => {
    let text = raw.trim();
    if (comma) {
      if (text.includes('.'))
        return new Rejected(
          'grouping',
          'It has a point, but this column’s decimal separator is a comma. If points are thousands separators, say so when matching columns.',
        );
      text = text.replace(',', '.');
    }
    if (plainNumber.test(text)) return text.startsWith('+') ? text.slice(1) : text;
    const scientific = exponent.exec(text);
    if (scientific) return writtenOut(scientific);
    if (!comma && text.includes(',')) {
      return new Rejected(
        'grouping',
        'It has a comma. If commas are this column’s decimal separator or thousands separators, say so when matching columns.',
      );
    }
    return new Rejected('not-a-number', 'It is not a number. Correct it or make the column text.');
  };
}

/** Moves the point of `1.25E3` without going through a floating-point number. */
function writtenOut([, sign = '', whole = '', fraction = '', power = '0']: RegExpExecArray):
  | string
  | Rejected {
  const shift = Number(power);
  if (Math.abs(shift) > 400)
    return new Rejected('too-large', 'Its exponent is beyond ±400. Make the column text.');
  const digits = whole + fraction;
  const point = whole.length + shift;
  const minus = sign === '-' ? '-' : '';
  const trimmed = (text: string) => text.replace(/^0+(?=\d)/, '');
  if (point <= 0) return `${minus}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return minus + trimmed(digits + '0'.repeat(point - digits.length));
  return `${minus}${trimmed(digits.slice(0, point))}.${digits.slice(point)}`;
}

/** A canonical number times a power of ten, exactly. */
export function movedPoint(number: string, places: number): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d*)\.?(\d*)$/.exec(number) ?? [];
  const digits = `${whole || '0'}${fraction}`;
  const point = (whole.length || 1) + places;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits;
  const at = Math.max(point, 1);
  const left = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const right = padded.slice(at);
  return right === '' ? `${sign}${left}` : `${sign}${left}.${right}`;
}
