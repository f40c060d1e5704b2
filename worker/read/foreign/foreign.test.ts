import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspect } from '../inspect';
import { readRows } from '../read';
import { memorySource } from '../testing/memory-source';
import { failure } from '../xlsx/testing/small-workbooks';
import { zipBytes } from '../xlsx/testing/zip-writer';
import { convertToXlsx } from './convert-to-xlsx';

async function readAll(bytes: Uint8Array, name: string) {
  const source = memorySource(name, bytes);
  const { layout, columns, warnings } = await inspect(source);
  const rows: string[][] = [];
  for await (const batch of readRows(source, layout)) rows.push(...batch.rows);
  return { layout, columns, warnings, rows };
}

const file = (name: string) => readFileSync(`e2e/files/foreign/${name}`);
const columns = ['id', 'name', 'price', 'day', 'moment', 'flag', 'code'];
const table = (yes: string, no: string, between: string) => [
  ['1', 'Bolt é漢', '8.2', '2026-03-14', `2026-03-14${between}15:30:00`, yes, '00123'],
  ['2', 'Nut "M8"', '0.1', '1999-12-31', `1999-12-31${between}23:59:59`, no, '007'],
  ['3', '', '1234567.891', '2024-02-29', '', yes, '1E5'],
];

describe('spreadsheets of other formats', () => {
  it.each([
    // LibreOffice writes truth values as numbers with a format, and a web page shows what its cells show.
    ['table.xls', 'xls', table('1', '0', 'T')],
    ['table.ods', 'ods', table('1', '0', 'T')],
    ['table.xml', 'xml', table('1', '0', 'T')],
    ['table.html', 'html', table('1', '0', ' ')],
    ['table.fods', 'fods', table('TRUE', 'FALSE', 'T')],
    ['bare.ods', 'ods', table('TRUE', 'FALSE', 'T')],
  ] as const)('%s: reads every value and reports the conversion', async (name, format, rows) => {
    const found = await readAll(file(name), name);
    expect(found).toMatchObject({ columns, layout: { format: 'xlsx', convertedFrom: format } });
    expect(found.rows).toEqual(rows);
    expect(found.warnings[0]).toMatch(/converted.*values only/);
  });

  it.each(['hidden.xls', 'hidden.ods'])(
    '%s: reports hidden rows and columns, and imports them',
    async (name) => {
      const { rows, warnings } = await readAll(file(name), name);
      expect(rows).toEqual([
        ['1', 'a', '5'],
        ['2', 'b', '6'],
        ['3', 'c', '7'],
      ]);
      expect(warnings.slice(1)).toEqual([
        '1 row is hidden in the workbook (row 3) and imported like the others.',
        '1 column is hidden in the workbook (C “pay”) and imported like the others.',
      ]);
    },
  );

  it('under another name, in gzip and in a zip', async () => {
    const packed = [
      gzipSync(file('table.xls')),
      await zipBytes([{ name: 'a.xls', data: file('table.xls') }]),
    ];
    const ods = await readAll(gzipSync(file('table.ods')), 'table.csv.gz');
    expect(ods).toMatchObject({ rows: table('1', '0', 'T'), layout: { convertedFrom: 'ods' } });
    for (const bytes of [file('table.xls'), ...packed]) {
      expect((await readAll(bytes, 'table.csv')).rows).toEqual(table('1', '0', 'T'));
    }
  });

  it('a web page: text as it stands, in the encoding that it names, each table a sheet', async () => {
    const page = Buffer.from(
      '<html><meta charset="windows-1252"><table><tr><td>code<td>price</tr><tr><td>00123<td>5 \x80</tr></table><table><tr><td>x</table>',
      'latin1',
    );
    const { rows, layout } = await readAll(page, 'report.xls');
    expect(rows).toEqual([['00123', '5 €']]);
    expect(layout).toMatchObject({ sheets: [{ name: 'Sheet1' }, { name: 'Sheet2' }] });
  });

  it('a web page as a browser builds it: spans, breaks, tables within tables, nothing of scripts', async () => {
    const page = `<!doctype html><table><thead><tr><th>a<th>b<th>c</thead>
      <tr><td rowspan=2>1<td colspan="2">two
        words<br>and a line<script>x()</script>
      <tr><td>&lt;b&gt;&nbsp;<td><table><tr><td>inner</table></table>`;
    const { rows, columns, layout } = await readAll(Buffer.from(page), 'report.xls');
    expect(columns).toEqual(['a', 'b', 'c']);
    expect(rows).toEqual([
      ['1', 'two words\nand a line'],
      ['', '<b>\u00a0'],
    ]);
    expect(layout).toMatchObject({ sheets: [{ name: 'Sheet1' }, { name: 'Sheet2' }] });
  });

  it('formulas, links and markup leave nothing but their value', async () => {
    const cell = (inside: string) => `<Cell ss:Formula="=HYPERLINK(1)" ss:HRef="http://x">${inside}</Cell>`;
    const book = `<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="S"><Table><Row>${cell('<Data ss:Type="String">a</Data>')}${cell('<Data ss:Type="String">b</Data>')}</Row><Row>${cell('<Data ss:Type="Number">7</Data>')}${cell('<Data ss:Type="String">=1+1</Data>')}</Row></Table></Worksheet></Workbook>`;
    expect((await readAll(Buffer.from(book), 'a.xml')).rows).toEqual([['7', '=1+1']]);
  });
});

describe('what cannot be converted ends with a reason', () => {
  const refused = async (content: string | Uint8Array) => failure(inspect(memorySource('a.xls', content)));

  it('a page without a table, a damaged workbook', async () => {
    expect((await refused('<html><body>Please sign in</body></html>')).message).toContain('without a table');
    const damaged = Buffer.from(file('table.xls'));
    damaged.fill(0xff, 512, 1024);
    expect(await refused(damaged)).toMatchObject({ reason: 'LEGACY_XLS' });
  });

  it('running out of memory ends only the converter', async () => {
    const page = Buffer.from(`<table>${'<tr><td>a<td>b<td>c<td>d</tr>'.repeat(100_000)}</table>`);
    const convert = async () => {
      for await (const _ of convertToXlsx(memorySource('a', page).stream(), 'html', 32));
    };
    expect((await failure(convert())).message).toContain('too large to be converted');
  });

  it('an outage of the source passes through', async () => {
    const outage = new Error('the store did not answer');
    async function* broken() {
      yield Buffer.from('<table>');
      throw outage;
    }
    const convert = async () => {
      for await (const _ of convertToXlsx(broken(), 'html'));
    };
    await expect(convert()).rejects.toBe(outage);
  });
});
