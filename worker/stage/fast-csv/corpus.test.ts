import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { columnNames } from '@/lib/shared/csv/column-names';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inspect, rowWidths } from '@/worker/read/inspect';
import { localSource } from '@/worker/read/source/local-source';
import { canUseFastPath } from './can-use-fast-path';
import { fastWay, generalWay, planOf } from './testing/both-ways';

/** Files of other people, beside the repository where the whole collection is there; a part of it is in e2e/files. */
const root = resolve(import.meta.dirname, '../../..');
const folders = ['../shared/corpus/csv', '../shared/corpus/real', 'e2e/files/csv', 'e2e/files/cases']
  .map((folder) => resolve(root, folder))
  .filter((folder) => existsSync(folder));
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(csv|tsv|txt|tab|dat)$/i.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name)),
);

/** How a file would be imported with nothing chosen; null for what is no text or can go only one way. */
async function proposed(file: string) {
  const source = await localSource(file);
  const found = await inspect(source).catch((error: unknown) => {
    if (error instanceof ImportFailure) return null;
    throw error;
  });
  if (found === null || found.layout.format !== 'csv') return null;
  const { layout } = found;
  const names = columnNames(found.columns, found.columns.length).columns;
  const { columns } = inferColumns(names, found.sample, rowWidths(found));
  const mapping = columns.map((column, slot) => ({
    ...column,
    slot,
    type: column.ambiguous ? ('TEXT' as const) : column.type,
  }));
  if (!canUseFastPath(layout, mapping)) return null;
  return { source, layout, plan: planOf(mapping, names.length, { shortRows: 'reject' }, layout.leftOut) };
}

describe('every file that can go the fast way', () => {
  let both = 0;
  it.each(files.map((file) => [file.slice(resolve(root, '..').length + 1), file]))(
    '%s',
    async (_name, file) => {
      const found = await proposed(file);
      if (!found) return;
      both++;
      const { source, layout, plan } = found;
      const [fast, papa] = [await fastWay(source, layout, plan), await generalWay(source, layout, plan)];
      expect(fast.lines === papa.lines).toBe(true);
      expect(fast.tuples.equals(papa.tuples)).toBe(true);
      const others = { lines: '', tuples: null, batches: [] };
      expect({ ...fast, ...others }).toEqual({ ...papa, ...others });
    },
  );
  it('are many', () => {
    expect(both).toBeGreaterThan(20);
  });
});
