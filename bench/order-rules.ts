import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';

const withoutPattern: Record<string, ColumnRules> = {
  order_id: { required: true, unique: true, min: '1000000', max: '99999999' },
  customer: { required: true, minLength: 3, maxLength: 80 },
  email: { required: true, maxLength: 200 },
  ordered_on: { required: true, min: '2000-01-01', max: '2049-12-31' },
  amount: { required: true, min: '0', max: '1000000' },
  paid: { required: true },
  note: { required: true, maxLength: 500 },
};

/** Rules for the columns of the orders that are measured, by name; every row keeps them, except where it says so. */
export const orderRules: Record<string, Record<string, ColumnRules>> = {
  none: {},
  length: { note: { maxLength: 500 } },
  pattern: { email: { pattern: '[a-z0-9]+@example\\.com' } },
  'all but the pattern': withoutPattern,
  all: { ...withoutPattern, email: { required: true, maxLength: 200, pattern: '[a-z0-9]+@example\\.com' } },
  'every row rejected': { note: { maxLength: 5 } },
};
