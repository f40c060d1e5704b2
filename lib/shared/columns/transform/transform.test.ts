import { describe, expect, it } from 'vitest';
import { columnTransform, type PlacedTransform, type TransformStep } from '../../schema/import/transform';
import { Rejected } from '../validate/types';
import { compileTransform, isTransformed, placeTransform, sourcesOf } from './compile-transform';
import { compileStep } from './steps';

const headers = ['first', 'last', 'city'];
const cells = [' anna ', 'MÜLLER', '', 'x'];

function made(transform: PlacedTransform, row: string[] = cells): string {
  const value = compileTransform({ index: 0, transform })?.(row);
  return value instanceof Rejected ? `rejected: ${value.code}` : (value ?? 'no transform');
}

const by = (value: string, ...steps: TransformStep[]) => made({ steps }, [value]);

describe('steps', () => {
  it('trims, and makes one space of several', () => {
    expect(by('  a \t\n b\u00a0 c ', { kind: 'TRIM' })).toBe('a b c');
    expect(by(' \u00a0 ', { kind: 'TRIM' })).toBe('');
  });

  it.each([
    ['UPPER', 'straße ığ', 'STRASSE IĞ'],
    ['LOWER', 'ÄİI ΟΔΟΣ', 'äi̇i οδος'],
    ['TITLE', "ANNA-LENA o'brien they're ANNA'S", "Anna-Lena O'Brien They're Anna's"],
    ['TITLE', 'élan 3d ÜBER2x ǆ', 'Élan 3D Über2x Ǆ'],
    ['TITLE', '𐐨𐐨', '𐐀𐐨'],
  ] as const)('changes letters to %s: %s', (to, value, expected) => {
    expect(by(value, { kind: 'CASE', to })).toBe(expected);
  });

  it.each([
    [{ part: 1 }, 'a'],
    [{ part: 2 }, 'b'],
    [{ part: 4 }, ''],
    [{ part: -1 }, 'c'],
    [{ part: -4 }, ''],
    [{ part: 2, rest: true }, 'b, c'],
    [{ part: -2, rest: true }, 'b, c'],
    [{ part: 4, rest: true }, ''],
  ])('splits by %o', (which, expected) => {
    expect(by('a, b, c', { kind: 'SPLIT', separator: ', ', ...which })).toBe(expected);
  });

  it('replaces whole values, with white space around them or not', () => {
    const values = [
      { from: 'nl', to: 'Netherlands' },
      { from: 'DE', to: 'Germany' },
      { from: 'de', to: 'never' },
    ];
    expect(by(' nl ', { kind: 'REPLACE', values })).toBe('Netherlands');
    expect(by('DE', { kind: 'REPLACE', values })).toBe('Germany');
    expect(by('de', { kind: 'REPLACE', values, ignoreCase: true })).toBe('Germany');
    expect(by('nlx', { kind: 'REPLACE', values })).toBe('nlx');
    expect(by('nlx', { kind: 'REPLACE', values, others: 'EMPTY' })).toBe('');
    expect(by('nlx', { kind: 'REPLACE', values, others: 'REJECT' })).toBe('rejected: no-replacement');
    expect(by(' ', { kind: 'REPLACE', values, others: 'REJECT' })).toBe(' ');
  });

  it('fills in what is blank', () => {
    expect(by('\t ', { kind: 'DEFAULT', value: 'none' })).toBe('none');
    expect(by('a', { kind: 'DEFAULT', value: 'none' })).toBe('a');
  });

  it('are made one after the other, and end with the first that rejects', () => {
    expect(by('x y', { kind: 'SPLIT', separator: ' ', part: 2 }, { kind: 'CASE', to: 'UPPER' })).toBe('Y');
    expect(
      by(
        'x',
        { kind: 'REPLACE', values: [{ from: 'y', to: 'z' }], others: 'REJECT' },
        { kind: 'DEFAULT', value: 'never' },
      ),
    ).toBe('rejected: no-replacement');
  });
});

describe('what a value is made of', () => {
  const columns = (names: string[], separator = ' '): PlacedTransform => {
    const found = placeTransform({ from: { kind: 'COLUMNS', columns: names, separator } }, headers);
    if (!('placed' in found)) throw new Error(`no ${found.missing}`);
    return found.placed;
  };

  it('joins the cells that are not blank, in the order that was chosen', () => {
    expect(made(columns(['last', 'city', 'first'], '; '))).toBe('MÜLLER;  anna ');
    expect(made(columns(['last', 'first']), ['anna'])).toBe('anna');
    expect(made(columns(['city']), ['a', 'b', ' '])).toBe(' ');
  });

  it('is the same text for every row', () => {
    const transform: PlacedTransform = { from: { kind: 'VALUE', value: 'Shop' } };
    expect(made(transform, [])).toBe('Shop');
    expect(sourcesOf({ index: 7, transform })).toEqual([]);
  });

  it('knows the cells that it needs, and which column the file lacks', () => {
    expect(sourcesOf({ index: 0, transform: columns(['last', 'city']) })).toEqual([1, 2]);
    expect(sourcesOf({ index: 2 })).toEqual([2]);
    expect(placeTransform({ from: { kind: 'COLUMNS', columns: ['zip'], separator: '' } }, headers)).toEqual({
      missing: 'zip',
    });
  });

  it('is rejected where it gets longer than a cell may be', () => {
    const row = ['x'.repeat(600_000), 'y'.repeat(600_000)];
    expect(made(columns(['first', 'last']), row)).toBe('rejected: cell-too-large');
  });
});

it('leaves a column without any steps alone', () => {
  expect(compileTransform({ index: 0 })).toBeNull();
  expect(isTransformed({ transform: { from: null, steps: [] } })).toBe(false);
});

it.each<TransformStep>([
  { kind: 'REPLACE', values: [] },
  { kind: 'DEFAULT', value: '' },
])('changes nothing before it is filled in: %o', (step) => {
  expect(columnTransform.safeParse({ steps: [step] }).success).toBe(true);
  expect(['a b', ' ', ''].map(compileStep(step))).toEqual(['a b', expect.stringMatching(/^ ?$/), '']);
});

it.each([
  { steps: [{ kind: 'DEFAULT', value: 'a\0' }] },
  { steps: [{ kind: 'SPLIT', separator: '\ud83d', part: 1 }] },
  { steps: [{ kind: 'SPLIT', separator: ',', part: 0 }] },
  { steps: [{ kind: 'SPLIT', separator: '', part: 1 }] },
  { steps: [{ kind: 'REPLACE', values: [{ from: '', to: 'x' }] }] },
  { from: { kind: 'COLUMNS', columns: [], separator: '' } },
])('takes no %o', (transform) => {
  expect(columnTransform.safeParse(transform).success).toBe(false);
});
