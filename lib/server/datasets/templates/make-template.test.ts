import exceljs from 'exceljs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { User } from '@/lib/server/platform/user';
import { columnTypes } from '@/lib/shared/schema/dataset/column';
import type { DatasetView } from '@/lib/shared/schema/dataset/dataset';
import type { MappedColumnInput } from '@/lib/shared/schema/import/mapping';
import { openDatabase } from '@/testing/environment';
import { makeUser, owner } from '@/testing/people';
import { runImport } from '@/worker/testing/run-import';
import { matchFile } from '../columns/match-file';
import { findDataset } from '../find-dataset';
import { readRowPage } from '../rows/read-rows';
import { exampleRow } from './example-row';
import { makeTemplate } from './make-template';

openDatabase();

let user: User;
beforeAll(async () => {
  user = await owner();
});

const bytes = (text: string) => new TextEncoder().encode(text);

/** A dataset with these columns. */
async function datasetWith(name: string, columns: Omit<MappedColumnInput, 'index'>[]): Promise<DatasetView> {
  const header = columns.map((_, i) => `c${i}`).join(',');
  const done = await runImport(bytes(`${header}\n${columns.map(() => '').join(',')}\n`), {
    dataset: { name },
    columns: columns.map((column, index) => ({ index, ...column })),
  });
  return findDataset(done.dataset?.slug ?? '', user);
}

async function template(slug: string, format: 'csv' | 'xlsx'): Promise<Uint8Array> {
  const { pieces } = await makeTemplate(slug, { format }, user);
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(typeof piece === 'string' ? bytes(piece) : piece);
  return Buffer.concat(chunks);
}

const everyType = columnTypes.map((type) => ({
  name: type.toLowerCase(),
  type,
  rules: type === 'CHOICE' ? { allowed: ['new, or so', 'old'] } : null,
}));

const kinds: Record<string, Omit<MappedColumnInput, 'index'>[]> = {
  'every type': everyType,
  'text alone': [
    { name: 'First name', type: 'TEXT' },
    { name: 'Last name', type: 'TEXT' },
  ],
  'one column of text': [{ name: 'Word', type: 'TEXT' }],
  'one column of numbers': [{ name: 'n', type: 'INTEGER' }],
  'headers that a spreadsheet would run': [
    { name: '=HYPERLINK("http://x")', type: 'TEXT' },
    { name: '+sum', type: 'INTEGER' },
    { name: 'a, "b"', type: 'DATE' },
  ],
  rules: [
    { name: 'code', type: 'TEXT', rules: { pattern: '[A-Z]{2}-\\d{4}', required: true, unique: true } },
    { name: 'long', type: 'TEXT', rules: { minLength: 30, maxLength: 31 } },
    { name: 'least', type: 'INTEGER', rules: { min: '123456789012345678' } },
    { name: 'most', type: 'DECIMAL', rules: { max: '-2.50' } },
    { name: 'past', type: 'DATE', rules: { max: '1850-01-02' } },
    { name: 'then', type: 'DATETIME', rules: { min: '2030-01-01T00:00:00' } },
    { name: 'late', type: 'TIME', rules: { min: '22:00:01' } },
    { name: 'state', type: 'TEXT', rules: { allowed: ['=A', '007', 'b'] } },
    { name: 'kind', type: 'TEXT', rules: { default: 'usual' } },
  ],
};

describe.each(['csv', 'xlsx'] as const)('the example in %s comes in again as what it is:', (format) => {
  it.each(Object.keys(kinds))('%s', async (kind) => {
    const dataset = await datasetWith(`${kind} ${format}`, kinds[kind] ?? []);
    const content = await template(dataset.slug, format);
    const done = await runImport(content, {
      name: `template.${format}`,
      dataset: { id: dataset.id },
      columns: dataset.columns.map(({ name, type }, index) => ({ index, name, type })),
    });
    expect(done.rejections).toEqual([]);
    expect(done.rows).toMatchObject({ read: 1, inserted: 1 });
    const headers = done.inspection?.columns.map(({ name }) => name) ?? [];
    const { matches } = await matchFile(dataset.slug, { headers }, user);
    expect(matches.map((match) => match?.column)).toEqual(dataset.columns.map(({ name }) => name));
    const { rows } = await readRowPage(dataset, { limit: 10 });
    expect(rows.find(({ importId }) => importId === done.id)?.cells).toEqual(exampleRow(dataset.columns));
  });
});

it('has types and rules as comments, lists to choose from, and cells that keep what is typed', async () => {
  const dataset = await datasetWith('commented', [
    { name: 'code', type: 'TEXT', rules: { required: true, maxLength: 12 } },
    { name: 'state', type: 'CHOICE', rules: { allowed: ['open', 'shut, for now'] } },
    { name: 'paid', type: 'BOOLEAN' },
  ]);
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(Uint8Array.from(await template(dataset.slug, 'xlsx')).buffer);
  const sheet = workbook.getWorksheet('Rows');
  const note = (cell: string) => JSON.stringify(sheet?.getCell(cell).note);
  expect(note('A1')).toContain('Text\\nRequired\\nAt most 12 characters');
  expect(note('B1')).toContain('Choice from a list\\nOne of: open, shut, for now');
  expect(note('C1')).toContain('Yes or no');
  expect(sheet?.getColumn(1).numFmt).toBe('@');
  expect(sheet?.getCell('B500').dataValidation).toMatchObject({
    type: 'list',
    formulae: ['Lists!$A$1:$A$2'],
  });
  expect(sheet?.getCell('C2').dataValidation).toMatchObject({ type: 'list', formulae: ['"TRUE,FALSE"'] });
  expect(workbook.getWorksheet('Lists')).toMatchObject({ state: 'hidden' });
  expect(workbook.getWorksheet('Lists')?.getCell('A2').value).toBe('shut, for now');
});

it('has the headers alone where no example is known that a required column would take', async () => {
  const dataset = await datasetWith('unknowable', [
    { name: 'odd', type: 'TEXT', rules: { pattern: 'zq{7}', default: 'zqqqqqqq' } },
    { name: 'n', type: 'INTEGER' },
  ]);
  expect(new TextDecoder().decode(await template(dataset.slug, 'csv'))).toBe('odd,n\r\nzqqqqqqq,42\r\n');
  const odd = dataset.columns.map((column) => ({ ...column, rules: { pattern: 'zq{7}', required: true } }));
  expect(exampleRow(odd)).toBeNull();
});

it('is not for people who may not see the dataset', async () => {
  const dataset = await datasetWith('not yours', [{ name: 'a', type: 'TEXT' }]);
  const stranger = await makeUser();
  await expect(makeTemplate(dataset.slug, { format: 'csv' }, stranger)).rejects.toMatchObject({
    code: 'not-found',
  });
});
