import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digitMask, maskedText, numberText } from './number-text';

/** A decimal with its exponent written out, digit by digit. */
function written(number: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] =
    /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(number) ?? [];
  const digits = [...whole, ...fraction];
  let point = whole.length + Number(power);
  while (point <= 0) {
    digits.unshift('0');
    point++;
  }
  while (point > digits.length) digits.push('0');
  const left = digits
    .slice(0, point)
    .join('')
    .replace(/^0+(?=\d)/, '');
  const right = digits.slice(point).join('').replace(/0+$/, '');
  const text = right === '' ? left : `${left}.${right}`;
  return text === '0' ? text : sign + text;
}

describe('numbers of workbooks', () => {
  it.each([
    ['8.1999999999999993', '8.2'],
    ['7.6999999999999999E-2', '0.077'],
    ['0.57999999999999996', '0.58'],
    ['7.4999999999999997E-2', '0.075'],
    ['1.2345678E7', '12345678'],
    ['4.006381333931E12', '4006381333931'],
    ['1001.0', '1001'],
    ['5.0', '5'],
    ['-2.50', '-2.5'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['007', '7'],
    ['+7', '7'],
    ['0', '0'],
    ['-0', '0'],
    ['0.0', '0'],
    ['1E-10', '0.0000000001'],
    ['-1.5e21', '-1500000000000000000000'],
    ['1.2345678901234568E+20', '123456789012345680000'],
    ['0.1', '0.1'],
    ['0.10000000000000001', '0.1'],
    ['0.30000000000000004', '0.30000000000000004'],
    ['4111111111111111', '4111111111111111'],
    // No double is this number, so nothing but its digits says which it is.
    ['12345678901234567890', '12345678901234567890'],
    ['-9007199254740993', '-9007199254740993'],
    ['', ''],
    ['abc', 'abc'],
    ['1E999', '1E999'],
  ])('%s is %s', (raw, expected) => expect(numberText(raw)).toBe(expected));

  it('every double, with as many digits as it may be written, reads as its shortest decimal', () => {
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true });
    const usual = fc.tuple(fc.integer({ min: -1e9, max: 1e9 }), fc.integer({ min: 0, max: 6 }));
    const numbers = fc.oneof(
      doubles,
      usual.map(([digits, places]) => digits / 10 ** places),
    );
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 3 }), (number, how) => {
        const shortest = String(number);
        const raw = [
          shortest,
          number.toPrecision(17),
          number.toExponential(16).replace('e', 'E'),
          shortest.includes('e')
            ? shortest.toUpperCase()
            : `${shortest}${shortest.includes('.') ? '0' : '.0'}`,
        ][how];
        const text = numberText(raw ?? '');
        expect(text).toBe(written(shortest));
        expect(Number(text) + 0).toBe(number + 0);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('digits in fixed places', () => {
  it.each([
    ['00000', '2494', '02494'],
    ['00000', '2.494E3', '02494'],
    ['00000', '123456', '123456'],
    ['00000', '-7', '-00007'],
    ['00000', '2494.5', '2494.5'],
    ['00', '5', '05'],
    ['[$-407]00000', '1067', '01067'],
    ['000\\-00\\-0000', '78051120', '078-05-1120'],
    ['00000-0000', '21341234', '02134-1234'],
    ['(000) 000-0000', '15550123456', '(1555) 012-3456'],
    ['"DE"00000', '1067', 'DE01067'],
    ['00000;[Red]-00000', '12', '00012'],
  ])('%s shows %s as %s', (code, raw, expected) => {
    const mask = digitMask(code);
    expect(mask && maskedText(raw, mask)).toBe(expected);
  });

  it.each([
    '0',
    '0.00',
    '#,##0',
    '#000',
    '00.0',
    '00%',
    '00E+00',
    '00 "kg"',
    '0" Stück"',
    'General',
    '@',
    '',
  ])('%s is none', (code) => expect(digitMask(code)).toBeNull());
});
