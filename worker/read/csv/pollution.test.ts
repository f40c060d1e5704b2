import { describe, expect, it } from 'vitest';
import { inspect } from '../inspect';
import { readRows } from '../read';
import { memorySource } from '../testing/memory-source';

/** How a table is written down; each test spoils one thing of it. */
interface Writing {
  delimiter: string;
  quote: string;
  /** What a quote inside a cell is preceded by. */
  escape: string;
  newline: string;
  quoteAll: boolean;
}

const usual: Writing = { delimiter: ',', quote: '"', escape: '"', newline: '\r\n', quoteAll: false };

const header = ['DATE', 'TIME', 'Qty', 'CODE', 'Price', 'Product', 'Description', 'Link', 'Comments'];
const goods = [
  "Men's Boots",
  'Table, Round 48"',
  "Women's  Rod 8 Wt.",
  'Hoodie, Camo',
  "9' Leader",
  'Cotton/Linen Shirt',
];
const praise = [
  'Rugged enough for peak performance, yet light.',
  "Durable construction won't let you down. From running, biking or walking the dog",
  'An 8\'9" rod of 100% remarkable feel',
  'Amazing: warm, dry; and wet',
];
const table: string[][] = Array.from({ length: 60 }, (_, i) => [
  `${String(10 + (i % 18)).padStart(2, '0')}/0${1 + (i % 9)}/2024`,
  `${String(i % 24).padStart(2, '0')}:15`,
  String(i % 7),
  `MG-${1000 + ((i * 773) % 9000)}`,
  `$${((i * 17.39) % 99).toFixed(2)}`,
  goods[i % goods.length] ?? '',
  praise[i % praise.length] ?? '',
  `https://www.example.com/product/MG_${i}.html`,
  i % 3 === 0 ? 'out of stock' : '',
]);

function written(rows: string[][], how: Partial<Writing> = {}): string {
  const writing = { ...usual, ...how };
  return rows.map((cells) => line(cells, writing) + writing.newline).join('');
}

function line(cells: string[], writing: Writing): string {
  const { delimiter, quote, quoteAll } = writing;
  return cells
    .map((cell) => {
      const needed = quoteAll || cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell);
      return needed ? quote + cell.replaceAll(quote, writing.escape + quote) + quote : cell;
    })
    .join(delimiter);
}

async function read(content: string | Uint8Array) {
  const source = memorySource('polluted.csv', content);
  const { layout, columns, warnings } = await inspect(source);
  const rows: string[][] = [];
  const rejected = new Set<number>();
  for await (const batch of readRows(source, layout)) {
    rows.push(...batch.rows);
    for (const { row } of batch.problems) rejected.add(row);
  }
  return { layout, columns, warnings, rows, rejected };
}

/** The table with some of its rows replaced. */
function withRow(index: number, cells: string[]): string[][] {
  return table.map((row, i) => (i === index ? cells : row));
}

const whole = [header, ...table];

describe('the whole file is written differently', () => {
  const delimiters = [';', '|', '\t', '\t\t', ':', ', ', ' ', '^', '~', '||', '\\t', '|~|'];
  const cases: [string, Partial<Writing>][] = [
    ['as usual', {}],
    ['LF', { newline: '\n' }],
    ['CR', { newline: '\r' }],
    ['all quoted', { quoteAll: true }],
    ...delimiters.map((delimiter): [string, Partial<Writing>] => [
      `delimiter ${JSON.stringify(delimiter)}`,
      { delimiter, quoteAll: true },
    ]),
    ...[';', '|', '\t'].map((delimiter): [string, Partial<Writing>] => [
      `delimiter ${JSON.stringify(delimiter)}, quotes where needed`,
      { delimiter },
    ]),
    ["quote '", { quote: "'", escape: "'", quoteAll: true }],
    ["quote ' where needed", { quote: "'", escape: "'" }],
    ["quote ', never escaped", { quote: "'", escape: '', quoteAll: true }],
    ['backslash escape', { escape: '\\', quoteAll: true }],
    ['backslash escape, quotes where needed', { escape: '\\' }],
    ['quotes never escaped', { escape: '', quoteAll: true }],
  ];
  it.each(cases)('%s', async (_, how) => {
    const { columns, rows, layout } = await read(written(whole, how));
    expect(columns, JSON.stringify(layout)).toEqual(header);
    expect(rows, JSON.stringify(layout)).toEqual(table);
  });

  it.each([
    ['latin1', (text: string) => Buffer.from(text, 'latin1')],
    ['utf16le', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-8 with a mark', (text: string) => Buffer.from(`\ufeff${text}`)],
  ])('%s', async (_, encode) => {
    const accented = table.map((cells, i) => (i % 9 === 4 ? cells.with(5, 'Café crème à Zürich') : cells));
    const { columns, rows } = await read(encode(written([header, ...accented])));
    expect(columns).toEqual(header);
    expect(rows).toEqual(accented);
  });
});

describe('rows above and below the table', () => {
  const padded = (text: string) => [text, ...header.slice(1).map(() => '')];
  const empty = header.map(() => '');
  it.each([
    ['preamble', [['PREAMBLE'], ['PREAMBLE'], ['PREAMBLE']]],
    ['preamble with delimiters', [padded('PREAMBLE'), padded('PREAMBLE'), padded('PREAMBLE')]],
    ['preamble and a blank line', [['PREAMBLE'], ['of two'], ['']]],
    ['preamble with delimiters and an empty row', [padded('PREAMBLE'), padded('more'), empty]],
    ['preamble with commas', [['Report, of May, 2024'], ['all, of it']]],
  ])('%s', async (_, above) => {
    const { columns, rows } = await read(written([...above, ...whole]));
    expect(columns).toEqual(header);
    expect(rows).toEqual(table);
  });

  it.each([
    ['footnote', [['FOOTNOTE'], ['FOOTNOTE']]],
    ['footnote with delimiters', [padded('FOOTNOTE')]],
    ['footnote after a blank line', [[''], ['FOOTNOTE']]],
  ])('%s: kept, since nobody knows it is none of the rows', async (_, below) => {
    const { columns, rows } = await read(written([...whole, ...below]));
    expect(columns).toEqual(header);
    expect(rows).toEqual([...table, ...below.filter((cells) => cells.length > 1 || cells[0] !== '')]);
  });

  it('no header', async () => {
    const { columns, rows } = await read(written(table));
    expect(columns).toEqual(header.map((_, i) => `column_${i + 1}`));
    expect(rows).toEqual(table);
  });

  it.each([
    ['header only', 0],
    ['one row', 1],
    ['two rows', 2],
  ])('%s', async (_, count) => {
    const { columns, rows } = await read(written([header, ...table.slice(0, count)]));
    expect(columns).toEqual(header);
    expect(rows).toEqual(table.slice(0, count));
  });

  it('header of two rows', async () => {
    const units = header.map((name) => `${name} unit`);
    const { columns, rows, warnings } = await read(written([header, units, ...table]));
    expect(columns).toEqual(header.map((name) => `${name} ${name} unit`));
    expect(rows).toEqual(table);
    expect(warnings).toContain('Rows 1–2 name the columns together.');
  });

  it('header repeated in two rows', async () => {
    const { columns, rows } = await read(written([header, header, ...table]));
    expect(columns).toEqual(header);
    expect(rows).toEqual(table);
  });

  it.each([
    ['empty', '', 'column_5'],
    ['odd', 'HEAD/%R', 'HEAD/%R'],
    ['very long', 'HEADER'.repeat(100_000), 'HEADER'.repeat(100_000)],
    ['repeated', 'TIME', 'TIME_2'],
  ])('a header cell that is %s', async (_, cell, name) => {
    const { columns, rows } = await read(written([header.with(4, cell), ...table]));
    expect(columns).toEqual(header.with(4, name));
    expect(rows).toEqual(table);
  });

  it.each([
    ['one column', 1],
    ['two columns', 2],
  ])('%s', async (_, width) => {
    const narrow = table.map((cells) => cells.slice(3, 3 + width));
    const { columns, rows } = await read(written([header.slice(3, 3 + width), ...narrow]));
    expect(columns).toEqual(header.slice(3, 3 + width));
    expect(rows).toEqual(narrow);
  });

  it('a text column alone, with commas in it', async () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `${praise[i % 4]} ${'or so '.repeat((i * 7) % 5)}of ${i}`,
    );
    const { columns, rows } = await read(`Description\n${lines.join('\n')}\n`);
    expect(columns).toEqual(['Description']);
    expect(rows).toEqual(lines.map((text) => [text]));
  });

  it.each([
    ['narrower', 6, false],
    ['wider', 12, false],
    ['narrower, after a blank line', 6, true],
    ['wider, after a blank line', 12, true],
  ])('a second table, %s, is named', async (_, width, blank) => {
    const second = Array.from({ length: 10 }, (_, i) => Array.from({ length: width }, (_, j) => `${i}.${j}`));
    const { columns, rows, warnings } = await read(written([...whole, ...(blank ? [['']] : []), ...second]));
    expect(columns).toEqual(header);
    expect(rows).toEqual([...table, ...second]);
    expect(warnings.join()).toContain(
      `2 tables; another, of ${width} columns, begins on row ${blank ? 63 : 62}`,
    );
  });
});

describe('one row is spoiled', () => {
  const places = [0, 1, 30, 59];
  it.each(places)('row %i has too few or too many cells', async (at) => {
    for (const cells of [table[at]?.slice(0, 5) ?? [], [...(table[at] ?? []), 'a', 'b', 'c']]) {
      const { columns, rows } = await read(written([header, ...withRow(at, cells)]));
      expect(columns).toEqual(header);
      expect(rows).toEqual(withRow(at, cells));
    }
  });

  it.each(places)('row %i is empty', async (at) => {
    const { columns, rows } = await read(written([header, ...withRow(at, [''])]));
    expect(columns).toEqual(header);
    expect(rows).toEqual(table.filter((_, i) => i !== at));
  });

  it.each(places)('row %i ends differently', async (at) => {
    const lines = written(whole).split('\r\n');
    const text = lines.map((part, i) => part + (i === at + 1 ? '\n' : '\r\n')).join('');
    const { columns, rows } = await read(text.slice(0, -2));
    expect(columns).toEqual(header);
    expect(rows).toEqual(table);
  });

  it.each(places)('row %i has another delimiter: the others are read', async (at) => {
    const lines = whole.map((cells, i) => written([cells], i === at + 1 ? { delimiter: ';' } : {}));
    const { columns, rows } = await read(lines.join(''));
    expect(columns).toEqual(header);
    expect(rows).toHaveLength(table.length);
    expect(rows.filter((_, i) => i !== at)).toEqual(table.filter((_, i) => i !== at));
  });

  it.each(places)('row %i has other quotes: the others are read', async (at) => {
    const lines = whole.map((cells, i) =>
      written([cells], i === at + 1 ? { quote: "'", quoteAll: true } : {}),
    );
    const { columns, rows } = await read(lines.join(''));
    expect(columns).toEqual(header);
    expect(rows.filter((_, i) => i !== at)).toEqual(table.filter((_, i) => i !== at));
  });

  it.each([0, 1, 30])('row %i has a quote too many, and quotes only where needed', async (at) => {
    for (const column of [0, 3, 7]) {
      const lines = written(whole).split('\r\n');
      const cells = table[at] ?? [];
      const spoiled = line(cells, usual).replace(cells[column] ?? '', `"${cells[column]}`);
      const { rows, rejected } = await read(lines.with(at + 1, spoiled).join('\r\n'));
      expect(rows).toEqual(withRow(at, cells.with(column, `"${cells[column]}`)));
      expect([...rejected]).toEqual([at + 2]);
    }
  });

  it('a quote that is not closed spoils its own row only', async () => {
    const lines = written(whole, { quoteAll: true }).split('\r\n');
    const spoiled = lines.map((text, i) => (i === 10 ? text.replace(/"(,"\$)/, '$1') : text));
    const { rows, rejected } = await read(spoiled.join('\r\n'));
    expect(rows.filter((_, i) => i !== 9)).toEqual(table.filter((_, i) => i !== 9));
    expect([...rejected]).toEqual([11]);
  });

  it.each(places)('row %i has a quote too many: read as it stands, and reported', async (at) => {
    for (const column of [0, 3, 5, 8]) {
      const lines = written(whole, { quoteAll: true }).split('\r\n');
      const cells = table[at] ?? [];
      if (at === 59 && cells[column] === '') continue;
      const spoiled = cells
        .map((cell, i) => `"${i === column ? '"' : ''}${cell.replaceAll('"', '""')}"`)
        .join(',');
      const { columns, rows, rejected } = await read(lines.with(at + 1, spoiled).join('\r\n'));
      expect(columns).toEqual(header);
      expect(rows).toEqual(withRow(at, cells.with(column, `"${cells[column]}`)));
      expect([...rejected]).toEqual([at + 2]);
    }
  });
});
