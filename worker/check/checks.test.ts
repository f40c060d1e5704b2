import { describe, expect, it } from 'vitest';
import type { ColumnType } from '@/lib/imports/contract';
import { checks } from './checks';
import type { CheckOptions } from './types';

/** What a cell becomes, or the code of its rejection in brackets. */
function outcome(type: ColumnType, raw: string, options: CheckOptions = {}): string {
  const checked = checks[type](options)(raw);
  return typeof checked === 'string' ? checked : `[${checked.code}]`;
}

describe('whole numbers', () => {
  it.each([
    ['0', '0'],
    ['-0', '-0'],
    ['7', '7'],
    ['+7', '7'],
    [' 7 ', '7'],
    ['-12', '-12'],
    ['999999999999999999', '999999999999999999'],
    ['1000000000000000000', '[too-many-digits]'],
    ['007', '[leading-zeros]'],
    ['-07', '[leading-zeros]'],
    ['1.0', '[not-whole]'],
    ['1,000', '[not-a-number]'],
    ['1E5', '[not-a-number]'],
    ['', '[not-a-number]'],
    ['x', '[not-a-number]'],
    ['１２', '[not-a-number]'],
    ['NaN', '[not-a-number]'],
  ])('%j → %s', (raw, expected) => expect(outcome('INTEGER', raw)).toBe(expected));
});

describe('decimals', () => {
  it.each([
    ['1.50', '1.50'],
    ['.5', '.5'],
    ['5.', '5.'],
    ['+1.5', '1.5'],
    ['-0.10', '-0.10'],
    ['00.1', '00.1'],
    ['12345678901234567890.123456789', '12345678901234567890.123456789'],
    ['1E5', '100000'],
    ['5.58e+12', '5580000000000'],
    ['1.0E-3', '0.0010'],
    ['-1.25E1', '-12.5'],
    ['1e-7', '0.0000001'],
    ['1E401', '[too-large]'],
    ['1,5', '[grouping]'],
    ['1.234,56', '[grouping]'],
    ['$5', '[not-a-number]'],
    ['5%', '[not-a-number]'],
    ['Infinity', '[not-a-number]'],
    ['1.2.3', '[not-a-number]'],
    ['--1', '[not-a-number]'],
  ])('%j → %s', (raw, expected) => expect(outcome('DECIMAL', raw)).toBe(expected));

  it.each([
    ['1,50', '1.50'],
    ['-0,1', '-0.1'],
    ['12', '12'],
    ['1.234,56', '[grouping]'],
    ['1.5', '[grouping]'],
    ['1,2,3', '[not-a-number]'],
    ['5,58E+12', '5580000000000'],
  ])('with a decimal comma, %j → %s', (raw, expected) =>
    expect(outcome('DECIMAL', raw, { decimalSign: ',' })).toBe(expected),
  );
});

describe('dates', () => {
  it.each([
    ['2024-02-29', '2024-02-29'],
    ['2023-02-29', '[no-such-day]'],
    ['1900-02-29', '[no-such-day]'],
    ['2000-02-29', '2000-02-29'],
    ['2024-13-01', '[no-such-day]'],
    ['2024-00-10', '[no-such-day]'],
    ['0000-01-01', '[no-such-day]'],
    ['0001-01-01', '0001-01-01'],
    ['9999-12-31', '9999-12-31'],
    ['2024/3/1', '2024-03-01'],
    ['2024-03-01T00:00:00', '2024-03-01'],
    ['2024-03-01 12:00', '[has-time]'],
    ['03/04/2026', '[date-order]'],
    ['yesterday', '[not-a-date]'],
    ['20240301', '[not-a-date]'],
  ])('%j → %s', (raw, expected) => expect(outcome('DATE', raw)).toBe(expected));

  it.each([
    ['DMY', '31/12/2025', '2025-12-31'],
    ['MDY', '12/31/2025', '2025-12-31'],
    ['DMY', '1.2.2025', '2025-02-01'],
    ['MDY', '1-2-2025', '2025-01-02'],
    ['DMY', '12/31/2025', '[no-such-day]'],
    ['DMY', '1.2/2025', '[not-a-date]'],
    ['DMY', '2025-02-01', '2025-02-01'],
  ] as const)('%s: %j → %s', (dateOrder, raw, expected) =>
    expect(outcome('DATE', raw, { dateOrder })).toBe(expected),
  );
});

describe('dates with a time', () => {
  it.each([
    ['2024-03-01T12:34:56', '2024-03-01T12:34:56'],
    ['2024-03-01 12:34', '2024-03-01T12:34:00'],
    ['2024-03-01T12:34:56.789012', '2024-03-01T12:34:56.789012'],
    ['2024-03-01T12:34:56Z', '2024-03-01T12:34:56Z'],
    ['2024-03-01T12:34:56+0200', '2024-03-01T12:34:56+02:00'],
    ['2024-03-01', '2024-03-01T00:00:00'],
    ['2024-03-01T24:00:00', '[no-such-time]'],
    ['2023-02-29T12:00:00', '[no-such-day]'],
    ['noon', '[not-a-date-time]'],
  ])('%j → %s', (raw, expected) => expect(outcome('DATETIME', raw)).toBe(expected));

  it('takes a twelve-hour clock behind a date in the column’s order', () =>
    expect(outcome('DATETIME', '1/31/2025 1:05 PM', { dateOrder: 'MDY' })).toBe('2025-01-31T13:05:00'));
});

describe('times', () => {
  it.each([
    ['12:34', '12:34:00'],
    ['1:02:03', '01:02:03'],
    ['12:00 AM', '00:00:00'],
    ['12:00 pm', '12:00:00'],
    ['23:59:59.5', '23:59:59.5'],
    ['24:00', '[no-such-time]'],
    ['13:00 PM', '[no-such-time]'],
    ['12', '[not-a-time]'],
  ])('%j → %s', (raw, expected) => expect(outcome('TIME', raw)).toBe(expected));
});

describe('true and false', () => {
  it.each([
    ['true', 'true'],
    ['FALSE', 'false'],
    ['Yes', 'true'],
    ['n', 'false'],
    ['1', 'true'],
    ['0', 'false'],
    ['maybe', '[not-a-boolean]'],
    ['2', '[not-a-boolean]'],
  ])('%j → %s', (raw, expected) => expect(outcome('BOOLEAN', raw)).toBe(expected));
});

describe('text', () => {
  it.each(['007', ' a ', '=1+1', 'e\u0301', '👩‍👩‍👧', '\t'])('%j is kept', (raw) =>
    expect(outcome('TEXT', raw)).toBe(raw),
  );
  it('refuses half a character', () => expect(outcome('TEXT', 'a\ud83d')).toBe('[bad-character]'));
});
