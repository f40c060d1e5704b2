import { expect, it } from 'vitest';
import { undoImport } from '@/lib/server/imports/undo/undo-import';
import { openDatabase } from '@/testing/environment';
import { owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { changeColumn } from '../change-column';
import { findDataset } from '../find-dataset';
import { matchFile } from './match-file';

openDatabase();

const bytes = (text: string) => new TextEncoder().encode(text);

it('remembers what a file with these headers went into, per dataset, while that import stands', async () => {
  const user = await owner();
  const first = await runImport(bytes('Code,Day\nA,2024-01-01\n'), { dataset: { name: 'Remembering' } });
  const dataset = { id: first.dataset?.id ?? '' };
  const second = await runImport(bytes('xx,yy,zz\nB,31.12.2024,junk\n'), {
    dataset,
    columns: [
      { index: 0, name: 'Code', type: 'TEXT' },
      { index: 1, name: 'Day', type: 'DATE', dateOrder: 'DMY', format: { empty: ['-'] } },
    ],
  });
  expect(second.rows).toMatchObject({ inserted: 1, rejected: 0 });
  const { matches } = await matchFile('remembering', { headers: ['zz', 'xx', 'yy'] }, user);
  expect(matches).toEqual([
    { column: null, how: 'remembered', confidence: 1, dateOrder: null, decimalSign: null, format: null },
    { column: 'Code', how: 'remembered', confidence: 1, dateOrder: null, decimalSign: null, format: null },
    {
      column: 'Day',
      how: 'remembered',
      confidence: 1,
      dateOrder: 'DMY',
      decimalSign: null,
      format: { empty: ['-'] },
    },
  ]);
  expect((await matchFile('remembering', { headers: ['xx', 'yy'] }, user)).matches).toEqual([null, null]);
  await undoImport(second.id, user);
  expect((await matchFile('remembering', { headers: ['xx', 'yy', 'zz'] }, user)).matches).toEqual([
    null,
    null,
    null,
  ]);
});

it('finds the columns of this dataset by the synonyms that it was given', async () => {
  const user = await owner();
  await runImport(bytes('Customer,Total\nA,1\n'), { dataset: { name: 'Synonyms' } });
  const dataset = await findDataset('synonyms', user);
  const id = dataset.columns[0]?.id ?? '';
  const changed = await changeColumn(
    'synonyms',
    id,
    { synonyms: ['Kunde', 'Kunde'], rules: { required: true } },
    user,
  );
  expect(changed.columns[0]).toMatchObject({ synonyms: ['Kunde'], rules: { required: true } });
  const { matches } = await matchFile('synonyms', { headers: ['KUNDE'] }, user);
  expect(matches).toMatchObject([{ column: 'Customer', how: 'synonym' }]);
  await expect(changeColumn('synonyms', id, { synonyms: [], rules: { min: '1' } }, user)).rejects.toThrow(
    'Customer',
  );
  await expect(changeColumn('synonyms', 'x', { synonyms: [], rules: null }, user)).rejects.toThrow(
    'no such column',
  );

  const missing = {
    columns: [{ index: 0, name: 'Total', type: 'INTEGER' as const }],
    dataset: { id: dataset.id },
  };
  await expect(runImport(bytes('t\n2\n'), missing)).rejects.toThrow('“Customer” is required');
  const cleared = await changeColumn('synonyms', id, { synonyms: [], rules: {} }, user);
  expect(cleared.columns[0]).toMatchObject({ synonyms: [], rules: null });
  expect((await runImport(bytes('t\n2\n'), missing)).status).toBe('COMPLETED');
});

it('remembers what was made of the columns of a file, wherever they stand in the next', async () => {
  const user = await owner();
  const name = {
    from: { kind: 'COLUMNS' as const, columns: ['last', 'first'], separator: ', ' },
    steps: [{ kind: 'TRIM' as const }],
  };
  const city = { from: undefined, steps: [{ kind: 'CASE' as const, to: 'UPPER' as const }] };
  const made = await runImport(bytes('first,last,city\nAnn,Lee,Rome\n'), {
    dataset: { name: 'Recipes' },
    columns: [
      { index: 2, name: 'city', type: 'TEXT', transform: city },
      { index: 3, name: 'name', type: 'TEXT', transform: name },
      { index: 4, name: 'source', type: 'TEXT', transform: { from: { kind: 'VALUE', value: 'shop' } } },
    ],
  });
  expect(made.rows).toMatchObject({ inserted: 1, rejected: 0 });
  const { matches, added } = await matchFile('recipes', { headers: ['city', 'last', 'first'] }, user);
  expect(matches).toMatchObject([{ column: 'city', transform: city }, { column: null }, { column: null }]);
  expect(added).toEqual([
    { column: 'name', transform: name },
    { column: 'source', transform: { from: { kind: 'VALUE', value: 'shop' }, steps: undefined } },
  ]);
  const other = await matchFile('recipes', { headers: ['city', 'last'] }, user);
  expect(other.added).toEqual([]);
  expect(other.matches[0]).not.toHaveProperty('transform');
});
