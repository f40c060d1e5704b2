import { formatCount } from '@/components/format/count';
import type { Outcome, OutcomePage, Replaced } from '@/lib/shared/schema/import/outcome';

type OutcomeRow = OutcomePage['rows'][number];

/** What the rows of one line of the tally have in common: after publishing, and before. */
export const outcomeWords: Record<Outcome, { name: string; done: string; planned: string }> = {
  inserted: {
    name: 'Inserted',
    done: 'Rows that were not in the dataset before.',
    planned: 'Rows that are not in the dataset yet.',
  },
  updated: {
    name: 'Updated',
    done: 'Each changed cell with its value before and after.',
    planned: 'Each cell that would change, with its value now and afterwards.',
  },
  unchanged: {
    name: 'Unchanged',
    done: 'Rows that the dataset had with exactly these values.',
    planned: 'Rows that the dataset has with exactly these values.',
  },
  skipped: {
    name: 'Skipped',
    done: 'Rows that were left out, each with the reason.',
    planned: 'Rows that would be left out, each with the reason.',
  },
};

/** What an import that replaces a dataset does to its rows: once it is published, and before. */
export const replacedWords: Record<Replaced, { name: string; done: string; planned: string }> = {
  removed: {
    name: 'Removed',
    done: 'Rows of the dataset that the file did not have.',
    planned: 'Rows of the dataset that the file does not have, or whose row in the file was rejected.',
  },
  changed: {
    name: 'Changed',
    done: 'Rows that the file had with other values: each changed cell with its value before and after.',
    planned: 'Rows that the file has with other values: each changed cell with its value now and afterwards.',
  },
  kept: {
    name: 'Kept',
    done: 'Rows that the file had with exactly the same values.',
    planned: 'Rows that the file has with exactly the same values.',
  },
  added: {
    name: 'Added',
    done: 'Rows that were not in the dataset before.',
    planned: 'Rows that are not in the dataset yet.',
  },
};

/** The lines of the tally for a replacement: what became of the rows of the file. */
export const replacedAs = { inserted: 'added', updated: 'changed', unchanged: 'kept' } as const;

/** Why a row was skipped, or which row it matched; empty where there is nothing to say. */
export function whatItMatched({ kind, matched }: OutcomeRow): string {
  const where = matched
    ? `row ${formatCount(matched.row)} of ${matched.fileName ?? 'somebody else’s file'}`
    : '';
  switch (kind) {
    case 'DUPLICATE':
      return `Same key as row ${formatCount(matched?.row ?? 0)} of this file`;
    case 'EXISTING':
      return `Its key already exists: ${where}`;
    case 'MISSING':
      return 'Its key is not in the dataset';
    case 'UPDATED':
    case 'UNCHANGED':
    case 'REMOVED':
      return where;
    case 'RESTORED':
      return 'Its key was there before';
    case 'INSERTED':
    case 'REJECTED':
      return '';
    default:
      return kind satisfies never;
  }
}
