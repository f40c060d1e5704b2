import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { MiB } from '@/lib/shared/bytes';
import { row, simple, text } from '@/worker/read/xlsx/testing/small-workbooks';
import { workbookEntries } from '@/worker/read/xlsx/testing/workbook-writer';
import { zipBytes } from '@/worker/read/xlsx/testing/zip-writer';

/** A file that means harm, and how its import has to end. */
export interface HostileFile {
  name: string;
  content: () => Promise<Buffer>;
  /** Its columns get the types that are proposed; text where absent. */
  types?: 'infer';
  /** The reasons for which it may fail; empty where it has to complete. */
  reasons: string[];
  rows?: { read: number; inserted: number; rejected: number };
}

const csv = (content: string) => async () => Buffer.from(content);

function* repeated(text: string, times: number): Generator<string> {
  const block = text.repeat(Math.min(times, 10_000));
  for (let left = times; left > 0; left -= 10_000) yield left >= 10_000 ? block : text.repeat(left);
}

/** So many GiB of one text, as gzip members one after another: a few MB to upload. */
function gzipped(head: string, block: string, gibibytes: number): Buffer {
  const member = gzipSync(Buffer.alloc(64 * MiB, block));
  return Buffer.concat([gzipSync(head), ...Array.from({ length: gibibytes * 16 }, () => member)]);
}

const workbook = (...parts: Parameters<typeof workbookEntries>) => zipBytes(workbookEntries(...parts));

/** A million rows that have a style and nothing else, between two that hold something. */
export function* blankRows(rows = 1_000_000): Generator<string> {
  yield row(text('a', 'b')) + row(text('1', '2'));
  for (let number = 3; number < rows + 3; number++) {
    yield `<row r="${number}" s="5" customFormat="1"><c r="A${number}" s="1"/><c r="B${number}" s="1"/></row>`;
  }
  yield `<row r="${rows + 3}"><c r="A${rows + 3}"><v>9</v></c></row>`;
}

function* sparseRows(): Generator<string> {
  yield row(text('a', 'b'));
  for (let number = 2; number <= 1_000_001; number++) {
    const cell = (number - 1) % 1_000 === 0 ? '<v>9</v>' : '';
    yield `<row r="${number}" s="5" customFormat="1"><c r="A${number}" s="1">${cell}</c><c r="B${number}" s="1"/></row>`;
  }
}

const rowsOf = (cell: string, rows: number) => `${Array(400).fill(cell).join()}\n`.repeat(rows);

function* attributes(count: number): Generator<string> {
  for (let i = 0; i < count; i += 1_000) {
    yield Array.from({ length: 1_000 }, (_, at) => ` a${i + at}=""`).join('');
  }
}

const sheets = (count: number) =>
  Array.from({ length: count }, (_, i) => `<sheet name="s${i}" sheetId="${i + 2}" r:id="rId1"/>`).join('');

function* allStrings(count: number): Generator<string> {
  yield '<?xml version="1.0"?><sst>';
  // Not all alike, or it would be refused for how well it is packed.
  for (let i = 0; i < count; i += 1_000)
    yield Array.from({ length: 1_000 }, (_, at) => `<si><t>${(i + at).toString(36)}</t></si>`).join('');
  yield '</sst>';
}

const long = 'x'.repeat(1_100_000);

/** The hostile ones of the list of bad inputs, by their numbers. */
export const hostileFiles: HostileFile[] = [
  {
    name: '#14 quote soup in one line.csv',
    content: csv('x"y'.repeat(700_000)),
    reasons: ['RECORD_TOO_LARGE', 'UNCLOSED_QUOTE'],
  },
  {
    name: '#14 quote soup in cells.csv',
    content: csv('"x"y,'.repeat(400_000)),
    reasons: ['RECORD_TOO_LARGE', 'UNCLOSED_QUOTE', 'TOO_MANY_COLUMNS'],
  },
  {
    name: '#14 quote soup behind good rows.csv',
    content: csv(`id,name\n${'1,Ann\n'.repeat(200_000)}2,"${'x"y'.repeat(700_000)}`),
    reasons: ['RECORD_TOO_LARGE', 'UNCLOSED_QUOTE'],
  },
  {
    name: '#15 100,000 columns.csv',
    content: csv(`${Array.from({ length: 100_000 }, (_, i) => `c${i}`).join(',')}\n`.repeat(2)),
    reasons: ['TOO_MANY_COLUMNS'],
  },
  {
    name: '#15 100,000 cells far down.csv',
    content: csv(`a,b\n${'1,2\n'.repeat(200_000)}${','.repeat(100_000)}\n1,2\n`),
    reasons: ['TOO_MANY_COLUMNS'],
  },
  {
    name: '#16 1 GB in one line.csv.gz',
    content: async () => gzipped('id,name\n1,Ann\n', 'abc ', 1),
    reasons: ['RECORD_TOO_LARGE', 'INFLATED_TOO_LARGE'],
  },
  {
    name: '#16 64 MB in one line behind good rows.csv',
    content: async () =>
      Buffer.concat([Buffer.from(`id,name\n${'1,Ann\n'.repeat(200_000)}`), Buffer.alloc(64 * MiB, 'abc ')]),
    reasons: ['RECORD_TOO_LARGE'],
  },
  {
    name: '#24 a bomb of blank lines.csv.gz',
    content: async () => gzipped('id,name\n1,Ann\n', '\n', 1),
    reasons: ['INFLATED_TOO_LARGE'],
  },
  {
    name: '#24 a bomb that declares its size.xlsx',
    content: () => workbook({ sheets: [{ rows: repeated('<row><c><v>1</v></c></row>', 4_000_000) }] }),
    reasons: ['INFLATED_TOO_LARGE'],
  },
  {
    name: '#24 a bomb that lies about its size.xlsx',
    content: () => {
      const strings = repeated('<si><t>a</t></si>', 1_000_000);
      const entries = workbookEntries({ ...simple, stringsXml: strings });
      return zipBytes(
        entries.map((entry) =>
          entry.name === 'xl/sharedStrings.xml' ? { ...entry, declaredSize: 1_000 } : entry,
        ),
      );
    },
    reasons: ['MALFORMED_FILE', 'INFLATED_TOO_LARGE'],
  },
  {
    name: '#25 100,000 entries.xlsx',
    content: () =>
      zipBytes(Array.from({ length: 100_000 }, (_, i) => ({ name: `p${i}`, data: '', stored: true }))),
    reasons: ['MALFORMED_FILE'],
  },
  {
    name: '#26 a DTD with a billion laughs.xlsx',
    content: () => {
      const laughs = Array.from(
        { length: 9 },
        (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
      ).join('');
      const xml = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><worksheet><sheetData>${row(text('&l9;'))}</sheetData></worksheet>`;
      return workbook({ sheets: [{ xml }] });
    },
    reasons: ['MALFORMED_FILE'],
  },
  {
    name: '#51 a million styled blank rows.xlsx',
    content: () => workbook({ sheets: [{ rows: blankRows() }] }),
    reasons: [],
    rows: { read: 2, inserted: 2, rejected: 0 },
  },
  {
    name: '#51 a value in every thousandth of a million rows.xlsx',
    content: () => workbook({ sheets: [{ rows: sparseRows() }] }),
    reasons: [],
    rows: { read: 1_000, inserted: 1_000, rejected: 0 },
  },
  {
    name: '#52 cells just below 1 MB.xlsx',
    content: () => {
      const cell = () => row(text(randomBytes(750_000).toString('base64'), '3'));
      const rows = [row(text('a', 'b')), ...Array.from({ length: 40 }, cell)];
      return workbook({ sheets: [{ rows }] });
    },
    reasons: [],
    rows: { read: 40, inserted: 40, rejected: 0 },
  },
  {
    name: '#52 rows of 1 MB with a cell too many.csv',
    content: csv(`a,b\n1,2\n${`1,${'z'.repeat(1_000_000)},3\n`.repeat(100)}`),
    reasons: [],
    rows: { read: 101, inserted: 1, rejected: 100 },
  },
  {
    name: '#52 1,500 good rows and 300,000 with a cell too many, two bytes a character.csv',
    content: async () =>
      Buffer.from(
        `\ufeffa,b\n${'1,2\n'.repeat(1_500)}${'John O’Neill,customer@example.com,2025-01-01 and later\n'.repeat(300_000)}`,
        'utf16le',
      ),
    reasons: [],
    rows: { read: 301_500, inserted: 1_500, rejected: 300_000 },
  },
  {
    name: '#15 1,600 columns and 2,000 rows.xlsx',
    content: () => {
      const wide = row('<c><v>7</v></c>'.repeat(1_600));
      return workbook({
        sheets: [
          {
            rows: [
              row(text(...Array.from({ length: 1_600 }, (_, i) => `c${i}`))),
              ...Array.from({ length: 2_000 }, () => wide),
            ],
          },
        ],
      });
    },
    reasons: [],
    rows: { read: 2_000, inserted: 2_000, rejected: 0 },
  },
  {
    name: '#52 cells over 1 MB.xlsx',
    content: () => {
      const rows = [
        row(text('a', 'b')),
        row(text('1', '2')),
        ...Array.from({ length: 60 }, () => row(text(long, '3'))),
      ];
      return workbook({ sheets: [{ rows }] });
    },
    reasons: [],
    rows: { read: 61, inserted: 1, rejected: 60 },
  },
  {
    name: '#83 1,500 good rows and 100,000 bad ones.csv',
    content: csv(`n\n${'1\n'.repeat(1_500)}${'x\n'.repeat(100_000)}`),
    types: 'infer',
    reasons: [],
    rows: { read: 101_500, inserted: 1_500, rejected: 100_000 },
  },
  {
    name: '#83 1,500 good rows and 100,000 bad ones, two bytes a character.csv',
    content: async () => Buffer.from(`\ufeffn\n${'1\n'.repeat(1_500)}${'é\n'.repeat(100_000)}`, 'utf16le'),
    types: 'infer',
    reasons: [],
    rows: { read: 101_500, inserted: 1_500, rejected: 100_000 },
  },
  {
    name: '#83 20,000 rows of 400 bad cells.csv',
    content: csv(
      `${Array.from({ length: 400 }, (_, i) => `c${i}`).join()}\n${rowsOf('1', 1_200)}${rowsOf('x', 20_000)}`,
    ),
    types: 'infer',
    reasons: [],
    rows: { read: 21_200, inserted: 1_200, rejected: 20_000 },
  },
  {
    name: '#7 500,000 rows that are not UTF-8, after a thousand that are.csv',
    content: async () =>
      Buffer.concat([
        Buffer.from(`n,t\n${'1,é漢\n'.repeat(200_000)}`),
        Buffer.from('\xff\n'.repeat(500_000), 'latin1'),
      ]),
    types: 'infer',
    reasons: [],
    rows: { read: 700_000, inserted: 200_000, rejected: 500_000 },
  },
  {
    name: '#83 a cell of a million attributes.xlsx',
    content: () =>
      workbook({ sheets: [{ rows: [row(text('a')), '<row><c', ...attributes(1_000_000), '></c></row>'] }] }),
    reasons: ['MALFORMED_FILE'],
  },
  {
    name: '#83 a million elements within each other.xlsx',
    content: () => workbook({ sheets: [{ rows: [row(text('a')), ...repeated('<x>', 1_000_000)] }] }),
    reasons: ['MALFORMED_FILE'],
  },
  {
    name: '#83 200,000 sheets.xlsx',
    content: () =>
      zipBytes(
        workbookEntries(simple).map((entry) =>
          entry.name === 'xl/workbook.xml'
            ? { ...entry, data: String(entry.data).replace('</sheets>', `${sheets(200_000)}</sheets>`) }
            : entry,
        ),
      ),
    reasons: ['INFLATED_TOO_LARGE'],
  },
  {
    name: '#83 a million styles.xlsx',
    content: () =>
      zipBytes(
        workbookEntries(simple).map((entry) =>
          entry.name === 'xl/styles.xml'
            ? { ...entry, data: String(entry.data).replace('</cellXfs>', `${'<xf/>'.repeat(1e6)}</cellXfs>`) }
            : entry,
        ),
      ),
    reasons: ['MALFORMED_FILE'],
  },
  {
    name: '#83 12 million shared texts.xlsx',
    content: () => workbook({ ...simple, stringsXml: allStrings(12_000_000) }),
    reasons: ['INFLATED_TOO_LARGE'],
  },
  {
    name: '#87 33 million rows in 65 KB.csv.gz',
    content: async () => gzipSync(Buffer.alloc(67_000_000, '1\n')),
    reasons: ['INFLATED_TOO_LARGE'],
  },
  {
    name: '#52 one long text in every cell of a row.xlsx',
    content: () =>
      workbook({
        sheets: [
          { rows: row(text('a', 'b')) + row(text('1', '2')) + row('<c t="s"><v>0</v></c>'.repeat(1_000)) },
        ],
        strings: [`<t>${'x'.repeat(1_000_000)}</t>`],
      }),
    reasons: [],
    rows: { read: 2, inserted: 1, rejected: 1 },
  },
];
