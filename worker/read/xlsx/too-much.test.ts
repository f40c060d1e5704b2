import { expect, it } from 'vitest';
import { inspectAndRead, readSheet, workbookSource } from './testing/read-all';
import { failure, row, simple, text, zipped } from './testing/small-workbooks';
import { type WorkbookParts, workbookEntries } from './testing/workbook-writer';

function* repeated(piece: (i: number) => string, times: number): Generator<string> {
  for (let i = 0; i < times; i += 1_000) {
    yield Array.from({ length: Math.min(1_000, times - i) }, (_, at) => piece(i + at)).join('');
  }
}

const attributes = (count: number) => repeated((i) => ` a${i}=""`, count);

/** The entries of a small workbook with a part in which something stands too often, in place of a mark. */
async function withMany(part: string, mark: string, many: Iterable<string>, parts: WorkbookParts = simple) {
  const entries = workbookEntries(parts).map((entry) => {
    if (entry.name !== part) return entry;
    const whole = typeof entry.data === 'string' ? entry.data : [...entry.data].join('');
    const [before = '', after = ''] = whole.split(mark, 2);
    expect(whole).toContain(mark);
    return { ...entry, data: [before, ...many, mark, after] };
  });
  return zipped(entries);
}

it.each([
  ['xl/workbook.xml', '/><sheets>'],
  ['xl/_rels/workbook.xml.rels', '/></Relationships>'],
  ['xl/styles.xml', '><numFmts'],
] as const)('#83 an element of 100,000 attributes in %s', async (part, mark) => {
  const parts = { ...simple, formats: ['0.00', 14] };
  const source = await withMany(part, mark, attributes(100_000), parts);
  expect((await failure(inspectAndRead(source))).message).toMatch(/attributes/);
});

it.each(['c', 'row', 'x'])('#83 an element <%s> of 100,000 attributes in a sheet', async (name) => {
  const rows = [row(text('a')), `<${name}`, ...attributes(100_000), `></${name}>`];
  const source = await workbookSource({ sheets: [{ rows }] });
  if (name === 'row') expect((await readSheet(source)).rows).toEqual([['a']]);
  else expect((await failure(readSheet(source))).message).toMatch(/attributes/);
});

it('#83 elements within each other', async () => {
  const rows = [row(text('a')), ...repeated(() => '<x>', 100_000), ...repeated(() => '</x>', 100_000)];
  const source = await workbookSource({ sheets: [{ rows }] });
  expect((await failure(readSheet(source))).message).toMatch(/nested too deep/);
});

it('#83 200,000 sheets', async () => {
  const sheets = repeated((i) => `<sheet name="s${i}" sheetId="${i + 2}" r:id="rId1"/>`, 200_000);
  const source = await withMany('xl/workbook.xml', '</sheets>', sheets);
  expect(await failure(inspectAndRead(source))).toMatchObject({
    reason: 'INFLATED_TOO_LARGE',
    message: expect.stringContaining('1,000 sheets'),
  });
});

it('#83 relationships that lead nowhere do no harm, and too many that lead to sheets are refused', async () => {
  const related = (type: string) =>
    repeated((i) => `<Relationship Id="x${i}" Type="a/${type}" Target="t${i}.xml"/>`, 50_000);
  const part = 'xl/_rels/workbook.xml.rels';
  const harmless = await withMany(part, '</Relationships>', related('image'));
  expect((await inspectAndRead(harmless)).data).toEqual(
    (await inspectAndRead(await workbookSource(simple))).data,
  );
  const source = await withMany(part, '</Relationships>', related('worksheet'));
  expect((await failure(inspectAndRead(source))).message).toMatch(/too many parts/);
});

it('#83 a million styles', async () => {
  const source = await withMany(
    'xl/styles.xml',
    '</cellXfs>',
    repeated(() => '<xf/>', 1_000_000),
  );
  expect((await failure(inspectAndRead(source))).message).toMatch(/styles/);
});

it('#83 names of parts that are megabytes long', async () => {
  const entries = workbookEntries(simple);
  const long = Array.from({ length: 100 }, (_, i) => ({
    name: `${String(i).padStart(3, '0')}${'x'.repeat(60_000)}`,
    data: '',
  }));
  expect((await failure(inspectAndRead(await zipped([...entries, ...long])))).message).toMatch(/too long/);
});

it('#83 a shared text of a million runs is too large for its cell, in either way of reading it', async () => {
  for (const comment of ['', '<!-- for the strict parser -->']) {
    const strings = [
      '<?xml version="1.0"?><sst>',
      comment,
      '<si>',
      ...repeated(() => '<r><t>abcdefgh</t></r>', 200_000),
      '</si></sst>',
    ];
    const rows = row(text('n')) + row('<c t="s"><v>0</v></c>');
    const source = await workbookSource({ sheets: [{ rows }], stringsXml: strings });
    const { problems } = await readSheet(source);
    expect(problems).toMatchObject([{ row: 2, code: 'cell-too-large' }]);
  }
});

it('texts that cannot be stored are told, however many there are', async () => {
  const strings = Array.from({ length: 40_000 }, (_, i) => `<t>x${i}_x0000_</t>`);
  const rows = [...repeated((i) => row(`<c t="s"><v>${i}</v></c>`), 40_000), row('<c t="s"><v>0</v></c>')];
  const { problems } = await readSheet(await workbookSource({ sheets: [{ rows }], strings }));
  expect(problems).toHaveLength(40_001);
});
