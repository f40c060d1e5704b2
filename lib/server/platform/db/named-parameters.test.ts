import { expect, it } from 'vitest';
import { withParameters } from './named-parameters';

it('numbers parameters in the order in which they come first, and leaves out those that do not occur', () => {
  expect(withParameters('select $b::int, $a, $b', { a: 1, b: 2, c: 3 })).toEqual([
    'select $1::int, $2, $1',
    2,
    1,
  ]);
  expect(withParameters(`select '$1'`, {})).toEqual([`select '$1'`]);
});

it('misses none', () => {
  expect(() => withParameters('select $toString', {})).toThrow('The parameter $toString has no value.');
});
