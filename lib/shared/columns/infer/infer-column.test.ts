import { describe, expect, it } from 'vitest';
import { inferColumn } from './infer-column';

function proposed(...values: string[]) {
  const sample = values.map((value, i) => ({ row: i + 2, cells: [value] }));
  const { type, dateOrder, decimalSign, ambiguous, evidence } = inferColumn('c', 0, sample);
  return { type, dateOrder, decimalSign, ambiguous, evidence };
}

it('#41 keeps leading zeros as text, and names the row', () => {
  expect(proposed('1', '007')).toMatchObject({
    type: 'TEXT',
    evidence: expect.stringContaining('Row 3 = “007”'),
  });
});
it('#42 keeps more than 15 digits as text', () => {
  expect(proposed('1234567890123456')).toMatchObject({ type: 'TEXT' });
});
it('#43 keeps powers as text', () => {
  expect(proposed('1E5', '3')).toMatchObject({ type: 'TEXT' });
  expect(proposed('5,58E+12')).toMatchObject({ type: 'TEXT' });
});
it('#45 asks where no row decides between day and month first', () => {
  expect(proposed('03/04/2026', '05/06/2026')).toMatchObject({
    type: 'DATE',
    dateOrder: null,
    ambiguous: true,
  });
  expect(proposed('03/04/2026', '31/12/2025')).toMatchObject({
    dateOrder: 'DMY',
    ambiguous: false,
    evidence: 'Row 3 = “31/12/2025” proves day first.',
  });
  expect(proposed('03/04/2026', '12/31/2025')).toMatchObject({ dateOrder: 'MDY', ambiguous: false });
});
it('takes a date for no proof of the order of dates that are written with another separator', () => {
  expect(proposed('2026-01-01', '01/02/2026', '03/04/2026', '31.12.2026')).toMatchObject({
    type: 'DATE',
    dateOrder: null,
    ambiguous: true,
    evidence:
      'Row 3 = “01/02/2026” could be day first or month first, and no date with the same separator shows which.',
  });
  expect(proposed('31.12.2026 10:00', '01/02/2026 11:00')).toMatchObject({
    dateOrder: null,
    ambiguous: true,
  });
  expect(proposed('12/31/2026', '01-02-2026')).toMatchObject({ dateOrder: null, ambiguous: true });
  expect(proposed('31.12.2026', '13/02/2026', '01/02/2026')).toMatchObject({
    dateOrder: 'DMY',
    ambiguous: false,
  });
  expect(proposed('2026-01-01', '01/13/2026', '01/02/2026')).toMatchObject({ dateOrder: 'MDY' });
  expect(proposed('31.12.2023', '02.01.2024')).toMatchObject({ dateOrder: 'DMY', ambiguous: false });
  expect(suggested('31.12.26', '01/02/26')).toMatchObject({ type: 'DATE', dateOrder: null });
  expect(suggested('31.12.26', '01.02.26')).toMatchObject({ type: 'DATE', dateOrder: 'DMY' });
});
it('#44 takes a decimal comma for one only where every value has it so', () => {
  expect(proposed('1,50', '2,25')).toMatchObject({ type: 'DECIMAL', decimalSign: ',' });
  expect(proposed('1,50', '2.25')).toMatchObject({ type: 'TEXT' });
  expect(proposed('$1.50')).toMatchObject({ type: 'TEXT' });
});
it.each([
  [['1', '-2', ''], 'INTEGER'],
  [['1.5', '2'], 'DECIMAL'],
  [['true', 'FALSE'], 'BOOLEAN'],
  [['0', '1'], 'INTEGER'],
  [['2024-01-31'], 'DATE'],
  [['2024-01-31T10:00:00Z'], 'DATETIME'],
  [['10:00', '11:30:15'], 'TIME'],
  [['yes', 'no'], 'TEXT'],
  [['', ''], 'TEXT'],
  [['1', 'x'], 'TEXT'],
])('%j is proposed as %s', (values, type) => expect(proposed(...values)).toMatchObject({ type }));

function suggested(...values: string[]) {
  const sample = values.map((value, i) => ({ row: i + 2, cells: [value] }));
  return inferColumn('c', 0, sample).suggestion;
}

it.each([
  [['1', 'N/A', '3'], { type: 'INTEGER', format: { empty: ['N/A'] } }],
  [['1.5', '-', 'NULL'], { type: 'DECIMAL', format: { empty: ['-', 'NULL'] } }],
  [['2024-01-31', '—'], { type: 'DATE', format: { empty: ['—'] } }],
  [['31/12/2024', 'n/a'], { type: 'DATE', dateOrder: 'DMY' }],
  [['03/04/2024', 'n/a'], { type: 'DATE', dateOrder: null }],
  [['1,234,567', '12'], { type: 'INTEGER', format: { grouping: true } }],
  [['1.234,50', '1,00'], { type: 'DECIMAL', decimalSign: ',', format: { grouping: true } }],
  [['$1.50', '$2,000.00'], { type: 'DECIMAL', format: { grouping: true, currency: true } }],
  [['5%', '7.5%'], { type: 'DECIMAL', format: { grouping: true, percent: 'number' } }],
  [['yes', 'no'], { type: 'BOOLEAN' }],
  [['ann@example.com'], { type: 'EMAIL' }],
  [['https://example.com'], { type: 'URL' }],
  [['{"a":1}', '[2]'], { type: 'JSON' }],
])('%j stays text, and another reading is suggested', (values, expected) => {
  expect(proposed(...values).type).toBe('TEXT');
  expect(suggested(...values)).toMatchObject(expected);
});

it('suggests a choice where a few values come again and again, and shows why', () => {
  const values = Array.from({ length: 60 }, (_, i) => ['open', 'paid', 'late'][i % 3] ?? '');
  expect(suggested(...values)).toMatchObject({
    type: 'CHOICE',
    rules: { allowed: ['late', 'open', 'paid'] },
  });
});

it('names the row that speaks for a suggestion', () => {
  expect(suggested('1', '2', 'N/A')?.evidence).toBe(
    'Both other values are whole numbers; row 4 = “N/A” would count as empty.',
  );
});

it('says once what most values are', () => {
  const addresses = Array.from({ length: 57 }, (_, i) => `p${i}@example.com`);
  expect(suggested(...addresses, 'nobody', 'nowhere')?.evidence).toBe(
    "E-mail address: 57 fit, 2 don't (row 59 = “nobody”).",
  );
});

it('suggests nothing for plain words, leading zeros and long digits', () => {
  expect(suggested('some', 'words')).toBeNull();
  expect(suggested('007', '12')).toBeNull();
  expect(suggested('1234567890123456')).toBeNull();
  expect(suggested('N/A', '-')).toBeNull();
});

describe('codes with a point', () => {
  it.each([
    [
      ['1.9', '1.10', '1.11'],
      /Row 2 = “1.9” and row 3 = “1.10” continue like section numbers \(1\.9, 1\.10\)/,
    ],
    [['1.8', '1.9', '1.10', '2.1', '2.2'], /“1.9” and .* “1.10” continue like section numbers/],
    [['2.98', '2.99', '2.100'], /“2.99” and .* “2.100” continue like section numbers/],
    [['1.1', '1.2', '1.10'], /“1.1” and .* “1.10” would be the same number/],
  ])('%j stays text, and the number is offered', (values, evidence) => {
    expect(proposed(...values)).toMatchObject({ type: 'TEXT', evidence: expect.stringMatching(evidence) });
    expect(suggested(...values)).toMatchObject({ type: 'DECIMAL' });
  });

  it.each([
    [['1.9', '2.10', '2.15']],
    [['1.9', '1.85', '1.10', '1.50', '1.72']],
    [['1.9', '1.10', '1.9', '1.10']],
    [['1.2', '1.3', '1.4']],
  ])('%j is a decimal', (values) => {
    expect(proposed(...values).type).toBe('DECIMAL');
  });
});
