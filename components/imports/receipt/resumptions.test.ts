import { describe, expect, it } from 'vitest';
import { attemptsOf, resumptions } from './resumptions';

const note = (number: number, afterRow: number | null, rows: number) => ({
  number,
  at: '2026-02-03T04:05:06Z',
  version: '1.0.0',
  afterRow,
  rows,
  afterReview: false,
});
const rows = {
  read: 500_000,
  inserted: 400_000,
  updated: 90_000,
  unchanged: 9_000,
  skipped: 900,
  rejected: 100,
};
const attemptNotes = [note(1, null, 0), note(2, 412_000, 411_999), note(3, 500_001, 500_000)];

describe('the attempts of a receipt', () => {
  it('says where each went on, and how many rows were counted beyond those that were read', () => {
    const view = { attemptNotes, rows, status: 'COMPLETED', publishedRevision: 3 } as const;
    expect(resumptions({ ...view, attemptNotes })).toEqual([
      'Attempt 2 resumed at row 412,001; no rows duplicated',
      'Attempt 3 resumed after the last row was read; no rows duplicated',
    ]);
    const more = { ...rows, inserted: rows.inserted + 7 };
    expect(resumptions({ ...view, attemptNotes, rows: more })[0]).toBe(
      'Attempt 2 resumed at row 412,001; 7 rows duplicated',
    );
  });

  it('tells an attempt that followed a review from one that followed an interruption', () => {
    const reviewed = [note(1, null, 0), { ...note(2, 500_001, 500_000), afterReview: true }];
    const view = { attemptNotes: reviewed, rows, status: 'COMPLETED', publishedRevision: 3 } as const;
    expect(resumptions(view)).toEqual(['Reviewed, then continued']);
    expect(attemptsOf({ attempts: 2, attemptNotes: reviewed })).toBe(1);
    const both = [
      ...attemptNotes,
      { ...note(4, 500_001, 500_000), afterReview: true },
      note(5, 500_001, 500_000),
    ];
    expect(resumptions({ ...view, attemptNotes: both })).toEqual([
      'Attempt 2 resumed at row 412,001; no rows duplicated',
      'Attempt 3 resumed after the last row was read; no rows duplicated',
      'Attempt 4 resumed after the last row was read; no rows duplicated',
      'Reviewed, then continued',
    ]);
    expect(attemptsOf({ attempts: 5, attemptNotes: both })).toBe(4);
  });

  it('says nothing of duplicates before they are counted, or where the import failed', () => {
    const failed = { attemptNotes, rows, status: 'FAILED', publishedRevision: null } as const;
    expect(resumptions(failed)[0]).toBe('Attempt 2 resumed at row 412,001');
  });
});
