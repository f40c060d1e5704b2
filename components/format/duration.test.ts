import { expect, it } from 'vitest';
import { formatDuration, formatTimeLeft } from './duration';

it('never says that something took no time', () => {
  expect([0, 0.02, 0.84, 42.4, 185].map(formatDuration)).toEqual([
    'under 0.1 s',
    'under 0.1 s',
    '0.8 s',
    '42 s',
    '3 min 05 s',
  ]);
});

it('changes its unit where the next one begins', () => {
  expect([9.94, 10, 59.4, 59.6, 3_599, 3_600, 5_430].map(formatDuration)).toEqual([
    '9.9 s',
    '10 s',
    '59 s',
    '1 min 00 s',
    '59 min 59 s',
    '1 h 00 min',
    '1 h 31 min',
  ]);
});

it('says what is left in steps that do not flicker', () => {
  expect([1, 1.5, 19, 21, 86, 90, 150, 5_341, 5_401, 9_100].map(formatTimeLeft)).toEqual([
    'almost done',
    '2 s left',
    '19 s left',
    'about 25 s left',
    'about 90 s left',
    'about 2 min left',
    'about 3 min left',
    'about 2 h left',
    'about 2 h left',
    'about 3 h left',
  ]);
});
