import { describe, expect, it } from 'vitest';
import type { Candidate } from '@/lib/shared/schema/dataset/candidate';
import { certain, likeliest, reasonFor } from './candidates';

const dataset = { name: 'Customers' } as Candidate['dataset'];
const candidate = (same: number, missing: number, extra: number): Candidate => ({
  dataset,
  same,
  missing,
  extra,
});

describe('a dataset with the columns of a file', () => {
  it('is preselected unless another has as many', () => {
    const [exact, nearly] = [candidate(7, 0, 0), candidate(6, 1, 1)];
    expect(likeliest([exact, nearly])).toBe(exact);
    expect(likeliest([nearly])).toBe(nearly);
    expect(likeliest([exact, candidate(7, 0, 0)])).toBeNull();
    expect(likeliest([])).toBeNull();
    expect(certain([exact, nearly])).toBe(exact);
  });

  it('is only offered where columns differ: with a key, its rows would be overwritten', () => {
    expect(certain([candidate(6, 1, 0)])).toBeNull();
    expect(certain([candidate(6, 0, 1)])).toBeNull();
  });

  it.each([
    [candidate(7, 0, 0), 'the file has the same 7 columns'],
    [candidate(6, 1, 0), 'the file has 6 of its 7 columns'],
    [candidate(7, 0, 1), 'the file has all 7 of its columns and 1 other'],
    [candidate(6, 1, 2), 'the file has 6 of its 7 columns and 2 others'],
  ])('says why', (given, words) => {
    expect(reasonFor(given)).toBe(words);
  });
});
