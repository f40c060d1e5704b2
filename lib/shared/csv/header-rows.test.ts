import { expect, it } from 'vitest';
import { rowRange } from './header-rows';

it('names the rows of a range and no others, so that their number is that of the rows left out', () => {
  expect([[1], [1, 2], [1, 2, 3, 5], [2, 4], [1, 3, 5, 7, 9, 11, 13]].map(rowRange)).toEqual([
    'Row 1',
    'Rows 1–2',
    'Rows 1–3, 5',
    'Rows 2, 4',
    'Rows 1–13',
  ]);
});
