import { expect, it } from 'vitest';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { transformWords } from '@/lib/shared/columns/transform/labels';
import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ColumnTransform } from '@/lib/shared/schema/import/transform';
import { addedColumns, keptColumns, transformProblems } from '../draft/added';
import { draftOf } from '../draft/draft';
import { madeValues, missingColumn, orNone } from './made-values';
import { proposalOf } from './proposal-of';

const sample = [
  { row: 2, cells: ['anna', 'LEE', '5 EUR'] },
  { row: 3, cells: ['bob', '', '12 EUR'] },
];
const { columns } = inferColumns(['first', 'last', 'amount'], sample, null);
const inspection = { columns, sample } as Pick<InspectionView, 'columns' | 'sample'> as InspectionView;

const joined: ColumnTransform = {
  from: { kind: 'COLUMNS', columns: ['first', 'last'], separator: ' ' },
  steps: [
    { kind: 'CASE', to: 'TITLE' },
    { kind: 'REPLACE', values: [{ from: 'Bob', to: 'Robert' }], others: 'REJECT' },
  ],
};

it('makes values of the first rows, and says which would be rejected', () => {
  expect(madeValues({ index: 3, transform: joined }, inspection, 5)).toEqual([
    {
      row: 2,
      before: ['anna', 'LEE'],
      after: 'anna LEE',
      reason: expect.stringContaining('none of the values'),
    },
    { row: 3, before: ['bob', ''], after: 'Robert', reason: null },
  ]);
  expect(madeValues({ index: 2 }, inspection, 1)).toEqual([
    { row: 2, before: ['5 EUR'], after: '5 EUR', reason: null },
  ]);
});

it('proposes a type by what is made', () => {
  const amount = draftOf(columns)[2];
  const steps = [{ kind: 'SPLIT' as const, separator: ' ', part: 1 }];
  expect(amount && proposalOf(amount, inspection)?.type).toBe('TEXT');
  expect(amount && proposalOf({ ...amount, transform: { steps } }, inspection)?.type).toBe('INTEGER');
});

it('knows the column that a file lacks, and a transform that does nothing', () => {
  const other: ColumnTransform = { from: { kind: 'COLUMNS', columns: ['zip'], separator: '' } };
  expect(missingColumn(other, inspection)).toBe('zip');
  expect(missingColumn(joined, inspection)).toBeNull();
  const added = addedColumns(undefined, [{ column: 'place', transform: other }], 3);
  expect(added).toMatchObject([{ index: 3, name: 'place', included: true }]);
  expect(transformProblems(added, inspection)).toEqual([
    { index: 3, message: '“place” is made of “zip”, which this file does not have.' },
  ]);
  const [kept] = keptColumns(added);
  expect(kept).not.toHaveProperty('index');
  expect(addedColumns([], [{ column: 'place', transform: other }], 3)).toEqual([]);
  expect(orNone({ from: null, steps: [] })).toBeNull();
  expect(orNone(joined)).toBe(joined);
});

it('is said in a few words', () => {
  expect(transformWords(joined)).toEqual(['made of “first” and “last”', 'Title Case', '1 value replaced']);
  expect(
    transformWords({
      from: { kind: 'VALUE', value: '' },
      steps: [
        { kind: 'TRIM' },
        { kind: 'SPLIT', separator: ', ', part: -2, rest: true },
        { kind: 'DEFAULT', value: 'x' },
      ],
    }),
  ).toEqual([
    'always empty',
    'spaces trimmed',
    'part 2 from the end and the rest, split at “, ”',
    '“x” where it is blank',
  ]);
  expect(transformWords(null)).toEqual([]);
});
