import { describe, expect, it } from 'vitest';
import { languages } from '@/lib/shared/languages';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { checks } from './checks';
import { yesNoReader } from './spelling/yes-no';
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

describe('numbers in other spellings, where the column’s format says so', () => {
  it.each([
    ['(1,234.50)', { grouping: true, negativeSigns: true }, '-1234.50'],
    ['1.234,50-', { grouping: true, negativeSigns: true }, '-1234.50', ','],
    ['100 -', { negativeSigns: true }, '-100'],
    ['−5', { negativeSigns: true }, '-5'],
    ['(0.00)', { negativeSigns: true }, '0.00'],
    ['(-5)', { negativeSigns: true }, '[not-a-number]'],
    ['-5-', { negativeSigns: true }, '[not-a-number]'],
    ['($30.00)', { currency: true, negativeSigns: true }, '-30.00'],
    ['-$30.00', { currency: true, negativeSigns: true }, '-30.00'],
    ['$(30.00)', { currency: true, negativeSigns: true }, '-30.00'],
    ['(5%)', { percent: 'number', negativeSigns: true }, '-5'],
    ['(5)', {}, '[not-a-number]'],
    ['1,23,456', { indianGrouping: true }, '123456'],
    ['12,34,567.50', { indianGrouping: true }, '1234567.50'],
    ['1,000', { indianGrouping: true }, '1000'],
    ['1,23,45', { indianGrouping: true }, '[grouping]'],
    ['1,23,456', { grouping: true }, '[grouping]'],
    ['1\u2009234.50', { grouping: true }, '1234.50'],
    ['1\u202f234.50', { grouping: true }, '1234.50'],
    ['0 123', { grouping: true }, '[not-a-number]'],
    ['Rs. 500', { currency: true }, '500'],
    ['500 Euro', { currency: true }, '500'],
    ['500 US dollars', { currency: true }, '500'],
    ['500 Schweizer Franken', { currency: true }, '500'],
    ['5 KM', { currency: true }, '[not-a-number]'],
    ['5 K', { currency: true }, '[not-a-number]'],
    ['5 PCS', { currency: true }, '[not-a-number]'],
    ['100.00 CR', { debitCredit: true }, '100.00'],
    ['20.00 DR', { debitCredit: true }, '-20.00'],
    ['20.00DR.', { debitCredit: true }, '-20.00'],
    ['-20.00 DR', { debitCredit: true }, '[not-a-number]'],
    ['１２３．５', { otherDigits: true }, '123.5'],
    ['١٢٣٫٥', { otherDigits: true }, '123.5'],
    ['१२३', { otherDigits: true }, '123'],
    ['𝟙𝟚', { otherDigits: true }, '12'],
    ['²', { otherDigits: true }, '[not-a-number]'],
  ] as const)('%j with %j → %s', (raw, format, expected, decimalSign: '.' | ',' = '.') =>
    expect(outcome('DECIMAL', raw, { format, decimalSign })).toBe(expected),
  );
});

describe('dates in other spellings, where the column’s format says so', () => {
  it.each([
    ['31.12.18', 'DMY', { firstYear: 1950 }, '2018-12-31'],
    ['12/31/50', 'MDY', { firstYear: 1950 }, '1950-12-31'],
    ['12/31/49', 'MDY', { firstYear: 1950 }, '2049-12-31'],
    ['18-12-31', 'YMD', { firstYear: 1950 }, '2018-12-31'],
    ['29.02.23', 'DMY', { firstYear: 1950 }, '[no-such-day]'],
    ['31.12.18', 'DMY', {}, '[not-a-date]'],
    ['31.12.2018', 'DMY', { firstYear: 1950 }, '2018-12-31'],
    ['Jan 5, 2024', null, { monthNames: true }, '2024-01-05'],
    ['January 5th, 2024', null, { monthNames: true }, '2024-01-05'],
    ['05-Jan-2024', null, { monthNames: true }, '2024-01-05'],
    ['5. Januar 2024', null, { monthNames: true }, '2024-01-05'],
    ['12. März 2024', null, { monthNames: true }, '2024-03-12'],
    ['12 Marz 2024', null, { monthNames: true }, '2024-03-12'],
    ['1er février 2024', null, { monthNames: true }, '2024-02-01'],
    ['12 févr. 2024', null, { monthNames: true }, '2024-02-12'],
    ['5 de enero de 2024', null, { monthNames: true }, '2024-01-05'],
    ['5 stycznia 2024', null, { monthNames: true }, '2024-01-05'],
    ['5 января 2024 г.', null, { monthNames: true }, '2024-01-05'],
    ['2024. január 5.', null, { monthNames: true }, '2024-01-05'],
    ['5 Şubat 2024', null, { monthNames: true }, '2024-02-05'],
    ['Friday, 5 January 2024', null, { monthNames: true }, '2024-01-05'],
    ['Mon 2024-01-08', null, { monthNames: true }, '2024-01-08'],
    ['31 Feb 2024', null, { monthNames: true }, '[no-such-day]'],
    ['5 Jan 24', null, { monthNames: true }, '[not-a-date]'],
    ['5 Jan 24', null, { monthNames: true, firstYear: 1950 }, '2024-01-05'],
    ['5 Smarch 2024', null, { monthNames: true }, '[not-a-date]'],
    ['5 Jan 2024', null, {}, '[not-a-date]'],
  ] as const)('%j, %s, %j → %s', (raw, dateOrder, format, expected) =>
    expect(outcome('DATE', raw, { dateOrder, format })).toBe(expected),
  );

  it.each([
    ['2024-01-05 24:00', null, '2024-01-06T00:00:00'],
    ['31.12.2023 24:00:00', 'DMY', '2024-01-01T00:00:00'],
    ['2024-02-30 24:00', null, '[no-such-day]'],
    ['9999-12-31 24:00', null, '[no-such-time]'],
    ['2024-01-05 24:01', null, '[no-such-time]'],
    ['2024-01-05 10:00:00 UTC', null, '2024-01-05T10:00:00Z'],
    ['2024-01-05 10:00+01', null, '2024-01-05T10:00:00+01:00'],
    ['2024-01-05 10:00 -5', null, '2024-01-05T10:00:00-05:00'],
    ['2024-01-05 10:00+19', null, '[no-such-zone]'],
    ['05.01.2024, 10:00 Uhr', 'DMY', '2024-01-05T10:00:00'],
    ['1/5/2024 3:04 PM UTC', 'MDY', '2024-01-05T15:04:00Z'],
    ['2024-01-05 13:04 PM', null, '[no-such-time]'],
  ] as const)('%j, %s → %s', (raw, dateOrder, expected) =>
    expect(outcome('DATETIME', raw, { dateOrder, format: { looseTimes: true } })).toBe(expected),
  );

  it('every day as Intl writes it in each of the languages', () => {
    const check = checks.DATE({ format: { monthNames: true } });
    const written = languages.flatMap((language) =>
      (['full', 'long', 'medium'] as const).map(
        (dateStyle) => new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' }),
      ),
    );
    let named = 0;
    for (let day = Date.UTC(1999, 0, 1); day < Date.UTC(2001, 0, 1); day += 9 * 86_400_000) {
      for (const format of written) {
        const text = format.format(day);
        if (!/\p{L}{3}/u.test(text)) continue;
        named++;
        const { locale, dateStyle } = format.resolvedOptions();
        expect(`${locale} ${dateStyle} ${text} ${check(text)}`).toBe(
          `${locale} ${dateStyle} ${text} ${new Date(day).toISOString().slice(0, 10)}`,
        );
      }
    }
    expect(named).toBeGreaterThan(3_000);
  });

  it('as they were without it', () => {
    expect(outcome('DATETIME', '2024-01-05 24:00')).toBe('[no-such-time]');
    expect(outcome('TIME', '10:00 Uhr')).toBe('[not-a-time]');
    expect(outcome('TIME', '10:00 Uhr', { format: { looseTimes: true } })).toBe('10:00:00');
  });
});

describe('yes and no in a language', () => {
  it.each([
    ['de', 'Ja', 'true'],
    ['de', 'NEIN', 'false'],
    ['de', 'j', 'true'],
    ['de', 'wahr', 'true'],
    ['fr', 'Oui', 'true'],
    ['fr', 'FAUX', 'false'],
    ['es', 'Sí', 'true'],
    ['es', 'si', 'true'],
    ['pt', 'nao', 'false'],
    ['tr', 'hayır', 'false'],
    ['ru', 'Да', 'true'],
    ['de', 'oui', '[not-a-boolean]'],
    ['fi', 'e', 'false'],
    ['tr', 'e', 'true'],
  ] as const)('%s: %s → %s', (yesNo, raw, expected) =>
    expect(outcome('BOOLEAN', raw, { format: { yesNo } })).toBe(expected),
  );
  it('each language has two words', () => {
    for (const yesNo of languages) {
      const read = yesNoReader(yesNo);
      expect([read('yes'), read('')]).toEqual([yesNo === 'en' ? 'true' : undefined, undefined]);
    }
  });
});
