import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { columnNames } from '@/lib/shared/csv/column-names';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inspect, rowWidths } from '@/worker/read/inspect';
import { localSource } from '@/worker/read/source/local-source';
import { canUseFastPath } from '../fast-csv/can-use-fast-path';
import { planOf } from '../fast-csv/testing/both-ways';
import { fastWay, generalWay } from './testing/both-ways';
import { countRowsByBytes } from './testing/count-rows-by-bytes';

/** Workbooks of other people, beside the repository where the whole collection is there; a part of it is in e2e/files. */
const root = resolve(import.meta.dirname, '../../..');
const files = ['../shared/corpus/xlsx', '../shared/corpus/real', 'e2e/files/xlsx', 'e2e/files/cases']
  .map((folder) => resolve(root, folder))
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  )
  // Those named poc write out a text of a megabyte in thousands of cells.
  .filter((file) => file.endsWith('.xlsx') && !/poc-/.test(file));

/** How a file would be imported with nothing chosen; null for what is no workbook or can go only one way. */
async function proposed(file: string) {
  const source = await localSource(file);
  const found = await inspect(source).catch((error: unknown) => {
    if (error instanceof ImportFailure) return null;
    throw error;
  });
  if (found === null || found.layout.format !== 'xlsx') return null;
  const { layout } = found;
  const names = columnNames(found.columns, found.columns.length).columns;
  const { columns } = inferColumns(names, found.sample, rowWidths(found));
  const mapping = columns.map((column, slot) => ({
    ...column,
    slot,
    type: column.ambiguous ? ('TEXT' as const) : column.type,
  }));
  if (!canUseFastPath(layout, mapping)) return null;
  return { source, layout, plan: planOf(mapping, names.length, { shortRows: 'pad' }, layout.leftOut) };
}

describe('every workbook that can go the fast way', () => {
  const counted = countRowsByBytes();
  afterAll(counted.stop);
  it.each(files.map((file) => [basename(file), file]))(
    '%s',
    async (_name, file) => {
      const found = await proposed(file);
      if (!found) return;
      const { source, layout, plan } = found;
      const [fast, general] = [await fastWay(source, layout, plan), await generalWay(source, layout, plan)];
      expect(fast.lines === general.lines).toBe(true);
      expect(fast.tuples.equals(general.tuples)).toBe(true);
      const others = { lines: '', tuples: null, batches: [] };
      expect({ ...fast, ...others }).toEqual({ ...general, ...others });
    },
    // Made to take for ever: half a minute on a busy machine.
    180_000,
  );
  it('has rows that are read by bytes', () => {
    expect(counted.rows).toBeGreaterThan(1_000);
  });
});
