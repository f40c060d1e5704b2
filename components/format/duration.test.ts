import { expect, it } from 'vitest';
import { formatDuration } from './duration';

it('never says that something took no time', () => {
  expect([0, 0.02, 0.84, 42.4, 185].map(formatDuration)).toEqual([
    'under 0.1 s',
    'under 0.1 s',
    '0.8 s',
    '42 s',
    '3 min 05 s',
  ]);
});
