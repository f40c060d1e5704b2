import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inferColumn } from '@/lib/shared/columns/infer/infer-column';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { inspect } from '@/worker/read/inspect';
import { digesting } from '@/worker/read/source/digest';
import { localSource } from '@/worker/read/source/local-source';
import { type ByteSource, type CsvLayout, limits } from '@/worker/read/source/types';
import { memorySource } from '@/worker/read/testing/memory-source';
import { usualLayout as usual } from '@/worker/read/testing/usual-layout';
import { canUseFastPath } from './can-use-fast-path';
import { encodeFastCsv } from './encode-fast-csv';
import { fastWay, generalWay, planOf } from './testing/both-ways';

const mapping: MappedColumn[] = [
  { index: 0, slot: 1, name: 'id', type: 'INTEGER', dateOrder: null, decimalSign: null },
  { index: 1, slot: 0, name: 'name', type: 'TEXT', dateOrder: null, decimalSign: null },
];
const plan = planOf(mapping, 2, { shortRows: 'reject' });

describe('canUseFastPath', () => {
  it.each<[string, Partial<CsvLayout>]>([
    ['another encoding', { encoding: 'windows-1252' }],
    ['compressed', { compression: 'gzip' }],
    ['comments', { comment: '#' }],
    ['runs of delimiters', { collapse: true }],
    ['another quote', { quote: "'", escape: "'" }],
    ['backslash escapes', { escape: '\\' }],
    ['quotes never escaped', { escape: null }],
    ['lines that end with CR', { newline: '\r' }],
    ['a delimiter of several characters', { delimiter: '||' }],
    ['a delimiter of several bytes', { delimiter: '§' }],
    ['a quote for a delimiter', { delimiter: '"' }],
  ])('not %s', (_, layout) => {
    expect(canUseFastPath({ ...usual, ...layout }, mapping)).toBe(false);
  });

  it('nor two columns for one slot', () => {
    expect(canUseFastPath(usual, mapping)).toBe(true);
    expect(canUseFastPath(usual, [...mapping, ...mapping])).toBe(false);
  });
});

it('writes what COPY takes, and keeps what is wrong with a row', async () => {
  const text =
    'id,name\n1,"a ""b"" \\\n\x01"\n2,\n\n"4",Žofie 😀\n05,x\n6\n7,y\0\n+8,"z" \n9,\xffx,\n10,"é\r\n"\r\n';
  const { lines, rejected } = await fastWay(memorySource('a.csv', text), usual, plan);
  expect(lines).toBe(
    [
      '42\t2\t["a \\"b\\" \\\\\\n\\u0001","1"]',
      '42\t3\t[null,"2"]',
      '42\t5\t["Žofie 😀","4"]',
      '42\t9\t["z","8"]',
      '42\t10\t["ÿx","9"]',
      '42\t11\t["é\\r\\n","10"]',
      '',
    ].join('\n'),
  );
  expect(rejected).toMatchObject([
    { rowNumber: 6, cells: ['05', 'x'], reasons: [{ column: 'id', code: 'leading-zeros' }] },
    { rowNumber: 7, cells: ['6'], reasons: [{ column: null, code: 'too-few-cells' }] },
    {
      rowNumber: 8,
      cells: ['7', 'y␀'],
      reasons: [{ column: 'name', code: 'nul-byte', reason: expect.stringContaining('Line 9 ') }],
    },
  ]);
});

it('leaves out rows that are no data, whatever they are quoted like', async () => {
  const text =
    'id,name\n1,a\nid,name\n"id","name"\n2,b\nTotal,\n\n,§ see above\nΣ,x\n3,c\n" Total ",""\n4,Total\n\x1a\n\0\0\0\n';
  const source = memorySource('a.csv', text);
  const sparing = planOf(mapping, 2, { shortRows: 'reject' }, [
    ['id', 'name'],
    ['Total'],
    ['', '§ see above'],
    ['Σ', 'x'],
  ]);
  const fast = await fastWay(source, usual, sparing);
  const general = await generalWay(source, usual, sparing);
  expect(fast.lines.trimEnd().split('\n')).toEqual([
    '42\t2\t["a","1"]',
    '42\t5\t["b","2"]',
    '42\t10\t["c","3"]',
    '42\t12\t["Total","4"]',
  ]);
  expect([fast.leftOut, fast.rejected]).toEqual([8, []]);
  expect(general.tuples.equals(fast.tuples)).toBe(true);
  expect(general).toMatchObject({ lines: fast.lines, leftOut: 8, rejected: [] });
});

it('takes blank cells for empty but in texts, and leaves blank rows out', async () => {
  const text = 'id,name\n1,a\n \t,b\n3, \n\u00a0,\u3000\n,\n\n""," "\n,,\n';
  const source = memorySource('a.csv', text);
  const fast = await fastWay(source, usual, plan);
  expect(fast.lines.trimEnd().split('\n')).toEqual([
    '42\t2\t["a","1"]',
    '42\t3\t["b",null]',
    '42\t4\t[" ","3"]',
  ]);
  expect(fast).toMatchObject({ stored: 3, rejected: [], leftOut: 4 });
  const general = await generalWay(source, usual, plan);
  expect(general.tuples.equals(fast.tuples)).toBe(true);
  expect(general).toMatchObject({ lines: fast.lines, stored: 3, rejected: [], leftOut: 4 });
});

it('keeps rules by bytes, with the reasons of the check', async () => {
  const ruled: MappedColumn[] = [
    { index: 0, slot: 0, name: 'n', type: 'DECIMAL', rules: { min: '-0.5', max: '10' } },
    { index: 1, slot: 1, name: 'day', type: 'DATE', rules: { min: '2024-02-29', max: '2024-12-31' } },
    { index: 2, slot: 2, name: 'text', type: 'TEXT', rules: { minLength: 2, maxLength: 4 } },
    { index: 3, slot: 3, name: 'code', type: 'TEXT', rules: { pattern: '[A-Z"]+', default: '"?"' } },
  ];
  const rows = [
    '10.0,2024-02-29,"😀""",A',
    '-0.50,2024-12-31,Žofi,""',
    '10.01,2024-03-01,ab,A',
    '-0.51,2024-03-01,ab,"A"""',
    '1,2024-02-28,ab,A',
    '1,2025-01-01,ab,A',
    '1,2024-03-01,😀,A',
    '1,2024-03-01,"é""""éé",A',
    '1,2024-03-01,ab,a',
    '1000000000000000000000,2024-03-01,a,',
    '1,2024-03-01,"""",A',
  ];
  const source = memorySource('a.csv', `n,day,text,code\n${rows.join('\n')}\n`);
  const both = planOf(ruled, 4, { shortRows: 'reject' });
  expect(canUseFastPath(usual, ruled)).toBe(true);
  const fast = await fastWay(source, usual, both);
  expect(fast.lines).toBe(
    ['42\t2\t["10.0","2024-02-29","😀\\"","A"]', '42\t3\t["-0.50","2024-12-31","Žofi","\\"?\\""]', ''].join(
      '\n',
    ),
  );
  expect(
    fast.rejected.map(({ rowNumber, reasons }) => [rowNumber, ...reasons.map(({ code }) => code)]),
  ).toEqual([
    [4, 'too-great'],
    [5, 'too-small'],
    [6, 'too-small'],
    [7, 'too-great'],
    [8, 'too-short'],
    [9, 'too-long'],
    [10, 'pattern'],
    [11, 'too-great', 'too-short'],
    [12, 'too-short'],
  ]);
  const general = await generalWay(source, usual, both);
  expect(fast.lines).toBe(general.lines);
  expect(fast.tuples.equals(general.tuples)).toBe(true);
  expect(fast.rejected).toEqual(general.rejected);
});

const rowsOf = (count: number, row: (i: number) => string) =>
  `\ufeffid,name\n${Array.from({ length: count }, (_, i) => row(i)).join('\n')}\n`;

describe('leaves the fast path in the middle of a file, and the rest is the same', () => {
  const long = 'x'.repeat(limits.recordCharacters);
  it.each<[string, string, string?]>([
    ['a stray quote', '300,"a"b"'],
    ['a CR alone', '300,a\r301,b'],
    ['CR CR LF', '300,a\r'],
    ['a quote that is never closed', '300,"a', 'UNCLOSED_QUOTE'],
    ['a record that is too long', `300,${long}`, 'RECORD_TOO_LARGE'],
    ['a quoted record that is too long', `300,"${long}"`, 'RECORD_TOO_LARGE'],
    ['too many cells', `300${','.repeat(limits.columns)}`, 'TOO_MANY_COLUMNS'],
    ['just short enough', `300,"${long.slice(10)}"`],
    ['just as many cells', `300${','.repeat(limits.columns - 1)}`],
  ])('%s', async (_, odd, reason) => {
    const text = rowsOf(1_000, (i) => (i === 300 ? odd : i < 300 ? `${i},"naïve, ""${i}"""` : `${i},naïve`));
    const pulled: number[] = [];
    const inner = memorySource('a.csv', text, () => 3_000);
    const source: ByteSource = {
      ...inner,
      async *stream(start, end) {
        pulled.push(start ?? 0);
        yield* inner.stream(start, end);
      },
    };
    const { source: digested, digest } = digesting(source, null);
    const fast = await fastWay(digested, usual, plan, null, 4_000);
    expect(pulled).toEqual([0]);
    const general = await generalWay(
      memorySource('a.csv', text, () => 3_000),
      usual,
      plan,
      null,
      2_000,
    );
    expect(fast.failure).toBe(general.failure);
    if (reason !== undefined) {
      expect(fast.failure).toContain(reason);
      return;
    }
    expect(fast.failure).toBeUndefined();
    expect(fast.lines).toBe(general.lines);
    expect(fast.tuples.equals(general.tuples)).toBe(true);
    expect(fast.rejected).toEqual(general.rejected);
    expect(fast.batches.at(-1)?.position).toEqual(general.batches.at(-1)?.position);
    expect(fast.batches.at(-1)?.bytes).toBe(Buffer.byteLength(text));
    // The bytes were read once, and to the end.
    expect(digest.sha256()).toHaveLength(64);
  });
});

describe('going on', () => {
  const files: [string, string][] = [
    ['plain', rowsOf(300, (i) => `${i},Žofie ${'x'.repeat(i % 50)}`)],
    ['CRLF, quotes, blank lines', rowsOf(300, (i) => (i % 17 ? `${i},"é\r\n ""${i}"""\r` : '\r'))],
    ['rows of all fates', rowsOf(300, (i) => ['1,a', '01,b', '1', '', '2,\0', '3,"c"\r'][i % 6] ?? '')],
    ['leaves the fast path', rowsOf(300, (i) => (i === 150 ? '150,"a"b' : `${i},"${i}\n"`))],
  ];
  it.each(files)('%s: from every batch of either way, by either way, exactly the rest', async (_, text) => {
    const source = memorySource('a.csv', text, (at) => 1 + (at % 97));
    const whole = await generalWay(source, usual, plan);
    for (const way of [fastWay, generalWay]) {
      const all = await way(source, usual, plan, null, 300);
      expect(all.batches.length).toBeGreaterThan(3);
      let lineBytes = 0;
      let faults = 0;
      for (const { position, ...batch } of all.batches) {
        lineBytes += batch.lineBytes;
        faults += batch.rejected;
        for (const other of [fastWay, generalWay]) {
          const rest = await other(source, usual, plan, position, 500);
          expect(rest.lines).toBe(Buffer.from(whole.lines).subarray(lineBytes).toString());
          expect(rest.rejected).toEqual(whole.rejected.slice(faults));
          if (rest.batches.length > 0)
            expect(rest.batches.at(-1)?.position).toEqual(whole.batches.at(-1)?.position);
        }
      }
    }
  });

  it('without a byte offset, from the start', async () => {
    const source = memorySource('a.csv', files[0]?.[1] ?? '');
    const rest = await fastWay(source, usual, plan, { row: 299, offset: null, line: 300 });
    expect(rest.stored).toBe(2);
  });
});

it('leaving the loop early releases the source', async () => {
  for (const text of [rowsOf(500, (i) => `${i},a`), rowsOf(500, (i) => `${i},"a"b`)]) {
    let released = 0;
    const inner = memorySource('a.csv', text, () => 10);
    const source: ByteSource = {
      ...inner,
      async *stream(start, end) {
        try {
          yield* inner.stream(start, end);
        } finally {
          released++;
        }
      },
    };
    for await (const _ of encodeFastCsv(source, usual, plan, null, 20)) break;
    expect(released).toBe(1);
  }
});

it('an outage of the source passes through as it is', async () => {
  const outage = new Error('connection reset');
  const source: ByteSource = {
    ...memorySource('a.csv', 'id,name\n1,a\n'),
    async *stream() {
      yield Buffer.from('id,name\n1,a\n');
      throw outage;
    },
  };
  await expect(fastWay(source, usual, plan)).rejects.toBe(outage);
});

/** The collection beside the repository where it is present, and the part of it inside. */
const root = resolve(import.meta.dirname, '../../..');
const places = [resolve(root, '../shared/corpus'), join(root, 'e2e/files')];
const corpus = ['csv', 'real']
  .flatMap((kind) => places.map((place) => join(place, kind)).find((folder) => existsSync(folder)) ?? [])
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((path) => /\.(?:csv|tsv|txt|dat)$/.test(path));

describe('files of other people’s test suites and of open data', () => {
  let taken = 0;
  it.each(corpus)('%s', async (path) => {
    const source = await localSource(path);
    const found = await inspect(source).catch((error: unknown) => {
      if (error instanceof ImportFailure) return null;
      throw error;
    });
    if (found === null || found.layout.format !== 'csv') return;
    const { layout, columns, sample } = found;
    const proposed = columns.map((name, index) => {
      const { type, dateOrder, decimalSign } = inferColumn(name, index, sample);
      return { index, slot: index, name, type, dateOrder, decimalSign };
    });
    if (!canUseFastPath(layout, proposed)) return;
    taken++;
    for (const shortRows of ['pad', 'reject'] as const) {
      const same = planOf(proposed, columns.length, { shortRows });
      const general = await generalWay(source, layout, same);
      const fast = await fastWay(source, layout, same, null, shortRows === 'pad' ? undefined : 5_000);
      expect(fast.failure).toBe(general.failure);
      expect(fast.lines === general.lines, 'the same lines').toBe(true);
      expect(fast.tuples.equals(general.tuples), 'the same bytes').toBe(true);
      expect(fast.rejected).toEqual(general.rejected);
      expect(fast.stored).toBe(general.stored);
    }
  });

  it('most of them are plain', () => expect(taken).toBeGreaterThan(corpus.length / 2));
});
