import type { PlacedTransform } from '@/lib/shared/schema/import/transform';

const named = {
  customer: { steps: [{ kind: 'TRIM' }, { kind: 'CASE', to: 'TITLE' }] },
  email: { steps: [{ kind: 'TRIM' }, { kind: 'CASE', to: 'LOWER' }] },
  note: { steps: [{ kind: 'TRIM' }, { kind: 'DEFAULT', value: 'none' }] },
} satisfies Record<string, PlacedTransform>;

/** What may be done to three of the seven columns of the orders before they are checked, by name. */
export const orderTransforms: Record<string, Record<string, PlacedTransform>> = {
  none: {},
  /** The lightest that change letters and white space. */
  usual: named,
  /** A join, a list of words, and a part of an address. */
  made: {
    customer: {
      from: { kind: 'COLUMNS', columns: ['customer', 'order_id'], indexes: [1, 0], separator: ' ' },
      steps: [],
    },
    email: { steps: [{ kind: 'SPLIT', separator: '@', part: 2 }] },
    paid: {
      steps: [
        {
          kind: 'REPLACE',
          values: [
            { from: 'yes', to: 'true' },
            { from: 'no', to: 'false' },
          ],
          ignoreCase: true,
        },
      ],
    },
  },
};
