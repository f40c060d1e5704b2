import { describe, expect, it } from 'vitest';
import type { ColumnType } from '../imports/contract';
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

describe('e-mail addresses', () => {
  it.each([
    ['ann@example.com', 'ann@example.com'],
    [' ann@example.com ', 'ann@example.com'],
    ['Ann.Lee+x@sub.example.co.uk', 'Ann.Lee+x@sub.example.co.uk'],
    [`a@${'b'.repeat(60)}.com`, `a@${'b'.repeat(60)}.com`],
    ['ann@localhost', '[not-an-email]'],
    ['ann@@example.com', '[not-an-email]'],
    ['@example.com', '[not-an-email]'],
    ['ann@example.com, bob@example.com', '[not-an-email]'],
    ['Ann <ann@example.com>', '[not-an-email]'],
    [`${'a'.repeat(400)}@example.com`, '[not-an-email]'],
    [' ', '[not-an-email]'],
  ])('%j → %s', (raw, expected) => expect(outcome('EMAIL', raw)).toBe(expected));
});

describe('web addresses', () => {
  it.each([
    ['https://example.com', 'https://example.com'],
    [' HTTP://Example.com/a?b=c#d ', 'HTTP://Example.com/a?b=c#d'],
    ['https://żółw.example/ścieżka', 'https://żółw.example/ścieżka'],
    ['ftp://example.com/file', 'ftp://example.com/file'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/'],
    ['example.com', '[not-a-url]'],
    ['javascript:alert(1)', '[not-a-url]'],
    ['https://', '[not-a-url]'],
    ['https:///path', '[not-a-url]'],
    ['https://example.com:99999/', '[not-a-url]'],
    ['https://exa mple.com', '[not-a-url]'],
    ['https://example.com/a b', '[not-a-url]'],
  ])('%j → %s', (raw, expected) => expect(outcome('URL', raw)).toBe(expected));
});

describe('JSON', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  it.each([
    ['{"a": 1.10}', '{"a": 1.10}'],
    ['[]', '[]'],
    ['null', 'null'],
    ['12345678901234567890', '12345678901234567890'],
    ['{"a":1,"a":2}', '{"a":1,"a":2}'],
    ['"[[[["', '"[[[["'],
    [nested(500), nested(500)],
    [nested(501), '[too-deep]'],
    ['{a:1}', '[not-json]'],
    ["{'a':1}", '[not-json]'],
    ['[1,]', '[not-json]'],
    ['NaN', '[not-json]'],
    ['{"a":1', '[not-json]'],
  ])('%j → %s', (raw, expected) => expect(outcome('JSON', raw)).toBe(expected));
});

describe('#44 numbers with signs, where the column’s format says so', () => {
  it.each([
    ['1,234.56', {}, '1234.56'],
    ['1,234,567', {}, '1234567'],
    ['-1,234', {}, '-1234'],
    ['1 234.5', {}, '1234.5'],
    ['1’234.50', {}, '1234.50'],
    ['1,23', {}, '[grouping]'],
    ['12,345,67', {}, '[grouping]'],
    ['1,234 567', {}, '[grouping]'],
    ['1.234,56', { decimalSign: ',' }, '1234.56'],
    ['1.234.567', { decimalSign: ',' }, '1234567'],
    ['1.23', { decimalSign: ',' }, '[grouping]'],
  ] as const)('thousands: %j → %s', (raw, options, expected) =>
    expect(outcome('DECIMAL', raw, { ...options, format: { grouping: true } })).toBe(expected),
  );

  it.each([
    ['$5', '5'],
    ['-$5.10', '-5.10'],
    ['$-5.10', '-5.10'],
    ['€ 5', '5'],
    ['5 €', '5'],
    ['5.00 EUR', '5.00'],
    ['USD 5', '5'],
    ['US$5', '5'],
    ['100 Kč', '100'],
    ['$', '[not-a-number]'],
    ['$5$', '[not-a-number]'],
    ['five €', '[not-a-number]'],
    ['$1,000', '[grouping]'],
  ])('currency: %j → %s', (raw, expected) =>
    expect(outcome('DECIMAL', raw, { format: { currency: true } })).toBe(expected),
  );

  it.each([
    ['5%', 'number', '5'],
    ['5 %', 'number', '5'],
    ['5', 'number', '5'],
    ['5%', 'fraction', '0.05'],
    ['12.5%', 'fraction', '0.125'],
    ['-100%', 'fraction', '-1.00'],
    ['0.01%', 'fraction', '0.0001'],
    ['.5%', 'fraction', '0.005'],
    ['0.05', 'fraction', '0.05'],
    ['5%%', 'number', '[not-a-number]'],
    ['%', 'number', '[not-a-number]'],
  ] as const)('percent: %j as a %s → %s', (raw, percent, expected) =>
    expect(outcome('DECIMAL', raw, { format: { percent } })).toBe(expected),
  );

  it('whole numbers as well', () => {
    expect(outcome('INTEGER', '1,234', { format: { grouping: true } })).toBe('1234');
    expect(outcome('INTEGER', '5 €', { format: { currency: true } })).toBe('5');
    expect(outcome('INTEGER', '1.234', { decimalSign: ',', format: { grouping: true } })).toBe('1234');
    expect(outcome('INTEGER', '1,234.5', { format: { grouping: true } })).toBe('[not-whole]');
  });
});
