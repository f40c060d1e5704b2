import { describe, expect, it } from 'vitest';
import { Rejected } from '@/lib/shared/columns/validate/types';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnFormat, ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import { assertRulesFit } from '../columns/assert-rules';
import { compareDecimals } from './compare-decimals';
import { compileCell } from './compile-cell';

/** What a cell becomes, null for an empty one, or the code of its rejection in brackets. */
function outcome(
  type: ColumnType,
  raw: string,
  rules: ColumnRules | null,
  format: ColumnFormat | null = null,
) {
  const checked = compileCell({ index: 0, slot: 0, name: 'c', type, rules, format })(raw);
  return checked instanceof Rejected ? `[${checked.code}]` : checked;
}

describe('rules', () => {
  const states = { allowed: ['CA', 'NV'] };
  it.each<[ColumnType, ColumnRules, string, string | null]>([
    ['TEXT', {}, '', null],
    ['TEXT', { required: true }, '', '[required]'],
    ['TEXT', { required: true }, ' ', ' '],
    ['INTEGER', { required: true, default: '0' }, '', '0'],
    ['INTEGER', { min: '1', max: '10' }, '1', '1'],
    ['INTEGER', { min: '1', max: '10' }, '10', '10'],
    ['INTEGER', { min: '1', max: '10' }, '0', '[too-small]'],
    ['INTEGER', { min: '1', max: '10' }, '11', '[too-great]'],
    ['INTEGER', { min: '-5' }, '-6', '[too-small]'],
    ['INTEGER', { max: '999999999999999998' }, '999999999999999999', '[too-great]'],
    ['DECIMAL', { min: '0.1' }, '0.10', '0.10'],
    ['DECIMAL', { min: '0.1' }, '0.0999999999999999999999', '[too-small]'],
    ['DECIMAL', { max: '0' }, '-0.00', '-0.00'],
    ['DATE', { min: '2024-01-01', max: '2024-12-31' }, '2024-01-01', '2024-01-01'],
    ['DATE', { min: '2024-01-01', max: '2024-12-31' }, '2023-12-31', '[too-small]'],
    ['DATE', { max: '2024-12-31' }, '2025-01-01', '[too-great]'],
    ['TIME', { max: '12:00:00' }, '12:00:00.5', '[too-great]'],
    ['DATETIME', { max: '2024-01-01T12:00:00' }, '2024-01-01 12:00', '2024-01-01T12:00:00'],
    ['DATETIME', { max: '2024-01-01T12:00:00' }, '2024-01-01T12:00:00Z', '2024-01-01T12:00:00Z'],
    ['TEXT', { minLength: 2, maxLength: 3 }, 'a', '[too-short]'],
    ['TEXT', { minLength: 2, maxLength: 3 }, 'ab', 'ab'],
    ['TEXT', { minLength: 2, maxLength: 3 }, '😀😀😀', '😀😀😀'],
    ['TEXT', { maxLength: 3 }, 'abcd', '[too-long]'],
    ['TEXT', { pattern: '[A-Z]{2}-\\d+' }, 'AB-1', 'AB-1'],
    ['TEXT', { pattern: '[A-Z]{2}-\\d+' }, 'xAB-1', '[pattern]'],
    ['TEXT', { pattern: '[A-Z]{2}-\\d+' }, 'AB-1x', '[pattern]'],
    ['TEXT', { pattern: 'a|ab' }, 'ab', 'ab'],
    ['TEXT', { pattern: '\\p{L}+' }, 'Žofie', 'Žofie'],
    ['CHOICE', states, 'CA', 'CA'],
    ['CHOICE', states, 'ca', '[not-allowed]'],
    ['CHOICE', states, 'TX', '[not-allowed]'],
    ['CHOICE', { ...states, default: 'NV' }, '', 'NV'],
    ['INTEGER', { allowed: ['1', '2'] }, '+1', '1'],
  ])('%s %j: %j → %j', (type, rules, raw, expected) => expect(outcome(type, raw, rules)).toBe(expected));

  it.each<[ColumnType, ColumnFormat, string, string | null]>([
    ['TEXT', { trim: true }, ' a ', 'a'],
    ['TEXT', { trim: true }, '  ', null],
    ['TEXT', { empty: ['NULL', '-'] }, 'null', null],
    ['TEXT', { empty: ['NULL', '-'] }, ' - ', null],
    ['TEXT', { empty: ['NULL', '-'] }, '--', '--'],
    ['INTEGER', { empty: ['N/A'] }, 'n/a', null],
    ['INTEGER', { empty: ['N/A'] }, 'NA', '[not-a-number]'],
  ])('%s %j: %j → %j', (type, format, raw, expected) =>
    expect(outcome(type, raw, null, format)).toBe(expected),
  );

  it('takes what counts as empty for empty also in a required column', () => {
    expect(outcome('TEXT', 'N/A', { required: true }, { empty: ['n/a'] })).toBe('[required]');
    expect(outcome('TEXT', 'N/A', { default: 'x' }, { empty: ['n/a'] })).toBe('x');
  });

  it('matches patterns in linear time that would stop the built-in engine', () => {
    expect(outcome('TEXT', `${'a'.repeat(50_000)}!`, { pattern: '(a+)+' })).toBe('[pattern]');
  });

  it('says what to do, in every reason', () => {
    for (const [raw, rules] of [
      ['', { required: true }],
      ['x', { allowed: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] }],
      ['x', { minLength: 2 }],
      ['xx', { maxLength: 1 }],
      ['x', { pattern: 'y' }],
    ] as const) {
      const checked = compileCell({
        index: 0,
        slot: 0,
        name: 'c',
        type: 'TEXT',
        rules: {
          ...rules,
          allowed: undefined,
          ...('allowed' in rules ? { allowed: [...rules.allowed] } : {}),
        },
      })(raw);
      expect(checked instanceof Rejected && checked.reason).toMatch(
        /(?:Fill|Write|Complete|Shorten|Correct)/,
      );
    }
  });
});

describe('decimals are compared exactly', () => {
  it.each([
    ['0', '-0.00', 0],
    ['1', '1.000', 0],
    ['007', '7', 0],
    ['9', '10', -1],
    ['-9', '-10', 1],
    ['-1', '1', -1],
    ['.5', '0.49', 1],
    ['0.3', '0.30000000000000004', -1],
    ['9007199254740993', '9007199254740992', 1],
    ['-123456789012345678901', '-123456789012345678902', 1],
    [`1${'0'.repeat(400)}`, `9${'0'.repeat(400)}`, -1],
    [`1${'0'.repeat(400)}`, '9', 1],
    [`0.${'0'.repeat(400)}1`, '0', 1],
    [`-0.${'0'.repeat(400)}2`, `-0.${'0'.repeat(400)}1`, -1],
  ])('%s and %s: %i', (a, b, expected) => expect(compareDecimals(a, b)).toBe(expected));
});

describe('rules that cannot be are refused with the column’s name', () => {
  it.each<[ColumnType, ColumnRules | null]>([
    ['CHOICE', null],
    ['CHOICE', {}],
    ['INTEGER', { min: '1.5' }],
    ['INTEGER', { default: '007' }],
    ['DECIMAL', { max: '1,5' }],
    ['DATE', { min: '31.12.2024' }],
    ['DATE', { default: '2024-02-30' }],
    ['TIME', { min: '9:00' }],
    ['BOOLEAN', { default: 'yes' }],
    ['TEXT', { min: '1' }],
    ['TEXT', { minLength: 3, maxLength: 2 }],
    ['TEXT', { pattern: '(' }],
    ['TEXT', { pattern: '(?=a)' }],
    ['TEXT', { pattern: '((a{100}){100}){100}' }],
    ['TEXT', { allowed: ['a'], default: 'b' }],
  ])('%s %j', (type, rules) =>
    expect(() => assertRulesFit({ name: 'State', type, rules })).toThrow('Column “State”'),
  );
  it('and others are not', () => {
    assertRulesFit({ name: 'a', type: 'DATE', rules: { min: '2024-02-29', default: '2024-03-01' } });
    assertRulesFit({ name: 'a', type: 'CHOICE', rules: { allowed: ['a', 'b'], default: 'a' } });
    assertRulesFit({ name: 'a', type: 'TEXT', rules: { pattern: '\\d{4}', minLength: 4, maxLength: 4 } });
  });
});
