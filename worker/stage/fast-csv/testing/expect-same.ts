import { expect } from 'vitest';
import type { Outcome } from './both-ways';

/** What was given out before a failure depends on the cuts; that it fails, and of what, does not. */
export function expectSame(fast: Outcome, general: Outcome, about: string): void {
  expect(fast.failure, about).toBe(general.failure);
  if (general.failure === undefined) {
    expect(fast.lines, about).toBe(general.lines);
    expect(fast.tuples.equals(general.tuples), `the same bytes, ${about}`).toBe(true);
    expect(fast.rejected, about).toEqual(general.rejected);
    expect(fast.stored, about).toBe(general.stored);
  } else {
    const shorter = Math.min(fast.lines.length, general.lines.length);
    expect(fast.lines.slice(0, shorter), about).toBe(general.lines.slice(0, shorter));
    const fewer = Math.min(fast.rejected.length, general.rejected.length);
    expect(fast.rejected.slice(0, fewer), about).toEqual(general.rejected.slice(0, fewer));
  }
  expect(fast.stored, about).toBe(fast.lines.split('\n').length - 1);
}
