const POINT = 46;
const ZERO = 48;
const NINE = 57;
const MINUS = 45;

/** Decimals of so many digits are told apart by a double, so the shortest one of that double is the decimal itself. */
const exactDigits = 15;

/**
 * A number of a workbook as the shortest decimal that gives the same double, its exponent written out: files hold up
 * to 17 digits of it (`8.1999999999999993` is 8.2), and some programs write `1.2345678E7` or `1001.0`.
 *
 * Whole numbers that no double can hold were not printed from one: they keep their digits.
 *
 * @param raw digits, sign, point and exponent as the file has them
 * @returns `raw` itself where it is no number
 */
export function numberText(raw: string): string {
  if (isShortest(raw)) return raw;
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (/^-?\d{16,}$/.test(raw) && BigInt(raw) !== BigInt(value)) return raw.replace(/^(-?)0+(?=\d)/, '$1');
  return writtenOut(String(value));
}

/** True for nearly all numbers there are: few digits, no exponent, no needless zero. */
function isShortest(raw: string): boolean {
  const { length } = raw;
  if (length === 0 || length > exactDigits) return false;
  let i = raw.charCodeAt(0) === MINUS ? 1 : 0;
  const first = raw.charCodeAt(i);
  if (!(first >= ZERO && first <= NINE)) return false;
  // `0.5` is one, `007` and `-0` are none.
  if (first === ZERO && raw.charCodeAt(i + 1) !== POINT && length > 1) return false;
  let hasPoint = false;
  for (i++; i < length; i++) {
    const code = raw.charCodeAt(i);
    if (code === POINT && !hasPoint) hasPoint = true;
    else if (!(code >= ZERO && code <= NINE)) return false;
  }
  const last = raw.charCodeAt(length - 1);
  return !hasPoint || (last !== ZERO && last !== POINT);
}

/** Moves the point of `1.5e-7`, as JavaScript writes small and large numbers. */
function writtenOut(number: string): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(number);
  if (!parts) return number;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts;
  const digits = whole + fraction;
  const point = 1 + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  return sign + digits.padEnd(point, '0');
}

/** A cell format that shows whole numbers as digits in fixed places: `00000`, `000-00-0000`. */
export interface DigitMask {
  /** Digits shown at least. */
  digits: number;
  /** What stands before each of them, from the left, and what stands at the end. */
  literals: readonly string[];
}

const fewestDigits = 2;
/** Words beside fewer zeros are a unit: `00 "kg"`. */
const fewestBesideWords = 3;

/** The mask of a format code whose only placeholders are zeros, at least two of them; null for all others. */
export function digitMask(code: string): DigitMask | null {
  const section = (code.split(';')[0] ?? '').replace(/\[(?:\$[^\]]*|[A-Za-z]+\d*)\]/g, '');
  const literals = [''];
  let hasWords = false;
  // A quoted text, an escaped character, a character that stands for itself, a place for a digit.
  const tokens = /"([^"]*)"|\\(.)|([-() ])|(0)/gsy;
  let end = 0;
  for (let found = tokens.exec(section); found; found = tokens.exec(section)) {
    end = tokens.lastIndex;
    const [, quoted, escaped, plain, zero] = found;
    if (zero === undefined) {
      const literal = quoted ?? escaped ?? plain ?? '';
      if (/[\p{L}\d]/u.test(literal)) hasWords = true;
      literals[literals.length - 1] += literal;
    } else literals.push('');
  }
  const digits = literals.length - 1;
  if (end !== section.length || digits < (hasWords ? fewestBesideWords : fewestDigits)) return null;
  return { digits, literals };
}

/** A number as its mask shows it; fractions, which that would hide, are shown as they are. */
export function maskedText(raw: string, { digits, literals }: DigitMask): string {
  const number = numberText(raw);
  const [, sign = '', shown = ''] = /^(-?)(\d+)$/.exec(number) ?? [];
  if (shown === '') return number;
  const padded = shown.padStart(digits, '0');
  // Digits beyond the places stand at the first one.
  const more = padded.length - digits;
  let text = `${sign}${literals[0] ?? ''}${padded.slice(0, more)}`;
  for (let i = 0; i < digits; i++) text += `${padded[more + i] ?? ''}${literals[i + 1] ?? ''}`;
  return text;
}
