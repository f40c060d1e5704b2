import { expect, it } from 'vitest';
import { refetchInterval } from './refetch-interval';

it('a list and a page ask again by one rule: often without events, now and then with them', () => {
  expect(refetchInterval(['COMPLETED', 'STAGING'], false)).toBe(2_000);
  expect(refetchInterval(['COMPLETED', 'MAPPING'], false)).toBe(2_000);
  expect(refetchInterval(['COMPLETED', 'QUEUED'], true)).toBe(15_000);
  expect(refetchInterval(['REVIEW'], true)).toBe(15_000);
  expect(refetchInterval(['MAPPING'], true)).toBe(false);
  expect(refetchInterval(['COMPLETED', 'CANCELLED'], true)).toBe(false);
  expect(refetchInterval(['COMPLETED'], false)).toBe(false);
  expect(refetchInterval([], false)).toBe(false);
});
