import { describe, expect, it } from 'vitest';
import { inferColumns } from '@/lib/shared/columns/infer/infer-column';
import { inspect, rowWidths } from './inspect';
import { readRows } from './read';
import { memorySource } from './testing/memory-source';

async function read(text: string) {
  const source = memorySource('a.txt', text);
  const found = await inspect(source);
  const rows: string[][] = [];
  for await (const batch of readRows(source, found.layout)) rows.push(...batch.rows);
  const { columns } = inferColumns(found.columns, found.sample, rowWidths(found));
  const { layout, headerSure, warnings } = found;
  return {
    columns: found.columns,
    types: columns.map(({ type }) => type),
    rows,
    layout,
    headerSure,
    warnings,
  };
}

describe('addresses whose colons cut nothing', () => {
  it.each([
    ['MAC', ['00:1b:44:11:3a:b7', '00:1B:44:11:3A:B8', 'aa:bb:cc:dd:ee:ff']],
    ['IPv6', ['2001:0db8:85a3:0000:0000:8a2e:0370:7334', '2001:db8:0:0:1:0:0:1', 'fe80:0:0:0:1:2:3:4']],
    ['shortened IPv6', ['2001:db8::1', 'fe80::1ff:fe23:4567:890a', '::1']],
  ])('%s addresses are one column, with a header and without', async (_, values) => {
    const named = await read(`address\n${values.join('\n')}\n`);
    expect(named).toMatchObject({ columns: ['address'], rows: values.map((value) => [value]) });
    const bare = await read(`${values.join('\n')}\n`);
    expect(bare).toMatchObject({ columns: ['column_1'], rows: values.map((value) => [value]) });
    const beside = await read(`host,address\n${values.map((value, i) => `h${i},${value}`).join('\n')}\n`);
    expect(beside).toMatchObject({ columns: ['host', 'address'] });
    expect(beside.rows.map(([, value]) => value)).toEqual(values);
  });
});

describe('the line in which Excel is told the delimiter', () => {
  it.each([
    ['one column', 'sep=,\nemail\nann@example.com\nbob@example.com\n', ['email'], 2],
    ['one column, a semicolon', 'sep=;\r\nname\r\nAnn\r\nBob, Jr.\r\n', ['name'], 2],
    ['two columns', 'sep=;\nOrder;Amount\n1;2,5\n2;3,5\n', ['Order', 'Amount'], 2],
    ['two columns, a tab', 'sep=\t\nOrder\tAmount\n1\t2\n', ['Order', 'Amount'], 1],
    ['two columns, in quotes', '"sep=|"\nOrder|Note\n1|a,b\n2|c,d\n', ['Order', 'Note'], 2],
  ])('%s', async (_, text, columns, count) => {
    const found = await read(text);
    expect(found).toMatchObject({ columns, layout: { headerRow: 2 } });
    expect(found.rows).toHaveLength(count);
  });
});

describe('names in a comment, as genome files have them', () => {
  const lines = ['1\t100\trs1\tA\tG\t50', '1\t200\trs2\tC\tT\t60', '2\t300\trs3\tG\tA\t70'];
  it.each([
    ['below others', '##fileformat=VCFv4.2\n##source=test\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\n', 3],
    ['alone', '#CHROM\tPOS\tID\tREF\tALT\tQUAL\n', 1],
  ])('%s', async (_, head, headerRow) => {
    const found = await read(`${head}${lines.join('\n')}\n`);
    expect(found.columns.map((name) => name.replace(/^#/, ''))).toEqual([
      'CHROM',
      'POS',
      'ID',
      'REF',
      'ALT',
      'QUAL',
    ]);
    expect(found.layout).toMatchObject({ headerRow });
    expect(found.rows).toEqual(lines.map((line) => line.split('\t')));
  });
});

it('a DATEV file: the names stand in its second row, below what it says of itself', async () => {
  const about =
    '"EXTF";700;21;"Buchungsstapel";9;20240131120000000;;"RE";"";"";29098;55003;20240101;4;20240101;20240131;"Jan";"";1;0;0;"EUR";;"";;;"03";;;"";""';
  const names =
    'Umsatz (ohne Soll/Haben-Kz);Soll/Haben-Kennzeichen;WKZ Umsatz;Konto;Gegenkonto (ohne BU-Schlüssel);Belegdatum;Belegfeld 1;Buchungstext';
  const bookings = [
    '119,00;"S";"EUR";8400;10000;3101;"R-1";"Miete"',
    '24,99;"H";"EUR";4930;1200;1501;"R-2";"Büro"',
    '1250,00;"S";"EUR";8400;10001;2901;"R-3";"Beratung"',
  ];
  const found = await read(`${about}\r\n${names}\r\n${bookings.join('\r\n')}\r\n`);
  expect(found.columns).toEqual(names.split(';'));
  expect(found.layout).toMatchObject({ headerRow: 2, delimiter: ';' });
  expect(found.rows).toHaveLength(3);
  expect(found.types[0]).toBe('DECIMAL');
  expect(found.headerSure).toBe(false);
  expect(found.warnings.join()).toMatch(/Row 1 above the table/);
});
