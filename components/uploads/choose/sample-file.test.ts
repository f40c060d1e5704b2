import { expect, it } from 'vitest';
import { inspectSlice } from '@/lib/shared/inspect/inspect-slice';
import { refusalOf } from './refuse-file';
import { sampleFile } from './sample-file';

it('is a table of typed columns, with a few rows that are not', async () => {
  const file = sampleFile();
  expect(await refusalOf(file)).toBeNull();
  const seen = inspectSlice(new Uint8Array(await file.arrayBuffer()), true);
  expect(seen?.columns.map(({ name, type }) => `${name}: ${type}`)).toEqual([
    'Order: TEXT',
    'Customer: TEXT',
    'Email: TEXT',
    'Country: TEXT',
    'Ordered on: DATE',
    'Quantity: INTEGER',
    'Price: DECIMAL',
    'Paid: BOOLEAN',
  ]);
  expect(seen?.sample).toHaveLength(25);
});
