import { expect, it } from 'vitest';
import type { CheckFigures } from '@/lib/shared/schema/import/check';
import { checkLine, likeliestFirst, rejectsMany } from './labels';

function figures(read: number, rejected: number, complete = true): CheckFigures {
  const rows = { read, rejected, accepted: read - rejected, leftOut: 0 };
  return { rows, bytesRead: 240, complete, columns: [], causes: [], examined: rejected };
}

it.each([
  ['DONE', figures(500_000, 188), '499,812 rows will go in, 188 will be rejected.'],
  ['DONE', figures(500_000, 0), 'All 500,000 rows will go in.'],
  ['DONE', figures(3, 3), 'All 3 rows will be rejected.'],
  ['DONE', figures(1, 0), 'The only row will go in.'],
  ['DONE', figures(0, 0), 'The file has no rows.'],
  [
    'DONE',
    figures(2_300_000, 0, false),
    'The first 2,300,000 rows were checked: all 2,300,000 rows will go in.',
  ],
  [
    'RUNNING',
    figures(120_000, 1_188, false),
    'Checking… 24% of the file: 1,188 of 120,000 rows would be rejected so far.',
  ],
  ['RUNNING', figures(120_000, 0, false), 'Checking… 24% of the file: 120,000 rows, all valid so far.'],
  ['RUNNING', null, 'Checking every row of the file…'],
] as const)('%s', (state, found, line) => {
  expect(checkLine({ state, figures: found, bytes: 1_000 })).toBe(line);
});

it('promises nothing of rows that are still to be compared with others', () => {
  const after = 'Repeated values and keys are found when the import runs.';
  const line = (read: number, rejected: number) =>
    checkLine({ state: 'DONE', figures: figures(read, rejected), bytes: 1_000 }, true);
  expect(line(500_000, 188)).toBe(`499,812 rows are valid, 188 will be rejected. ${after}`);
  expect(line(2, 1)).toBe(`1 row is valid, 1 will be rejected. ${after}`);
  expect(line(2, 0)).toBe(`All 2 rows are valid. ${after}`);
  expect(line(2, 2)).toBe('All 2 rows will be rejected.');
});

it('more than a fifth of the rows are many, once some rows were looked at', () => {
  expect(rejectsMany({ state: 'DONE', figures: figures(10, 2) })).toBe(false);
  expect(rejectsMany({ state: 'DONE', figures: figures(10, 3) })).toBe(true);
  expect(rejectsMany({ state: 'RUNNING', figures: figures(10, 3) })).toBe(false);
  expect(rejectsMany({ state: 'RUNNING', figures: figures(100, 21) })).toBe(true);
  expect(rejectsMany({ state: 'RUNNING', figures: null })).toBe(false);
});

it('what a click puts right most rows of comes first, and then what most rows have', () => {
  const cause = (column: string, rows: number, helped: number) => ({
    column,
    code: 'not-a-number',
    reason: 'It is no number.',
    rows,
    examples: [],
    fixes: helped === 0 ? [] : [{ fix: { kind: 'TEXT' as const, column }, rows: helped, rereads: true }],
  });
  const sorted = likeliestFirst([
    cause('a', 900, 0),
    cause('b', 500, 20),
    cause('c', 400, 400),
    cause('d', 950, 0),
  ]);
  expect(sorted.map(({ column }) => column)).toEqual(['c', 'b', 'd', 'a']);
});
