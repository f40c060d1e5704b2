import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { usualLayout as usual } from '@/worker/read/testing/usual-layout';
import type { Batch, ByteSource, CsvLayout } from '../source/types';
import { memorySource } from '../testing/memory-source';
import { readCsv } from './read-csv';

async function collect(given: AsyncIterable<Batch>): Promise<Batch[]> {
  const all: Batch[] = [];
  for await (const batch of given) all.push(batch);
  return all;
}

async function batches(source: ByteSource, layout: Partial<CsvLayout> = {}, size = 64): Promise<Batch[]> {
  return collect(readCsv(source, { ...usual, ...layout }, null, size));
}

async function rowsOf(text: string, layout: Partial<CsvLayout> = {}) {
  const all = await batches(
    memorySource('a.csv', text, () => 5),
    layout,
    16,
  );
  return {
    rows: all.flatMap(({ rows }) => rows),
    numbers: all.flatMap(({ numbers }) => numbers),
    problems: all.flatMap(({ problems }) => problems),
  };
}

describe('dialects', () => {
  it('backslash escapes quotes and itself, in quotes and outside', async () => {
    const text = 'a,b\n"say \\"hi\\"","C:\\\\"\nx\\,y,\\n\n"a ""b""",\\\\\n';
    expect((await rowsOf(text, { escape: '\\' })).rows).toEqual([
      ['say "hi"', 'C:\\'],
      ['x,y', '\\n'],
      ['a "b"', '\\'],
    ]);
  });

  it('comment lines are skipped, count as rows, and may hold quotes', async () => {
    const text = 'a,b\n# it\'s, "a comment\n1,2\n#,"\n3,"#4\n5"\n';
    expect(await rowsOf(text, { comment: '#' })).toMatchObject({
      rows: [
        ['1', '2'],
        ['3', '#4\n5'],
      ],
      numbers: [3, 5],
    });
  });

  it('runs of spaces are one delimiter; those at the ends of a line are none', async () => {
    const text = 'a b c\n  1  2   3  \n4 "5  6" 7\n';
    expect((await rowsOf(text, { delimiter: ' ', collapse: true })).rows).toEqual([
      ['1', '2', '3'],
      ['4', '5  6', '7'],
    ]);
  });

  it('delimiters of several characters', async () => {
    const text = 'a||b\n1|x||"2||3"\n|||\n';
    expect((await rowsOf(text, { delimiter: '||' })).rows).toEqual([
      ['1|x', '2||3'],
      ['', '|'],
    ]);
  });

  it('without quotes every character counts', async () => {
    expect((await rowsOf('a,b\n"1,2"\n', { quote: null, escape: null })).rows).toEqual([['"1', '2"']]);
  });

  it('quotes that are never escaped', async () => {
    const text = '1,"a "b" c"\n2,"d, "e""\n';
    expect(await rowsOf(text, { escape: null, headerRow: null, firstRow: 1 })).toMatchObject({
      rows: [
        ['1', 'a "b" c'],
        ['2', 'd, "e"'],
      ],
      problems: [],
    });
  });

  it('a stray quote is reported with its line and the likeliest cells, and the next row is untouched', async () => {
    const text = 'a,b\n1,"x\ny"\n2,"b"c\n3,""d"\n4,"e" \n5,6"\n';
    const { rows, problems } = await rowsOf(text);
    expect(rows).toEqual([
      ['1', 'x\ny'],
      ['2', '"b"c'],
      ['3', '"d'],
      ['4', 'e'],
      ['5', '6"'],
    ]);
    expect(problems).toMatchObject([
      { row: 3, column: 1, code: 'bad-quotes', reason: expect.stringContaining('line 4') },
      { row: 4, column: 1, code: 'bad-quotes', reason: expect.stringContaining('line 5') },
    ]);
  });

  it('a byte order mark within the file is a character like any other', async () => {
    const { rows } = await rowsOf('\ufeffa,b\n1,2\n\ufeff3,4\n');
    expect(rows).toEqual([
      ['1', '2'],
      ['\ufeff3', '4'],
    ]);
  });
});

describe('going on', () => {
  const lines = Array.from({ length: 300 }, (_, i) => {
    if (i % 17 === 3) return '';
    return i % 5 === 0 ? `${i},"é\r\n漢 ""${i}"""` : `${i},Žofie ß${'x'.repeat(i % 40)}`;
  });
  const text = `\ufeffid,name\r\n${lines.join('\r\n')}\r\n`;
  const western = text.replace(/[^\0-\xff]/g, 'ü');
  const cases: [string, Uint8Array][] = [
    ['utf-8', Buffer.from(text)],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['windows-1252', Buffer.from(western.slice(1), 'latin1')],
  ];
  it.each(cases)('%s: from every batch, exactly the rest', async (encoding, bytes) => {
    const layout = { ...usual, encoding };
    const source = memorySource('a.csv', bytes, (at) => 1 + (at % 97));
    const all = await batches(source, layout, 500);
    expect(all.length).toBeGreaterThan(10);
    expect(all.at(-1)).toMatchObject({ bytes: bytes.length, position: { offset: bytes.length, row: 301 } });
    for (const [i, { position }] of all.entries()) {
      const rest = await collect(readCsv(source, layout, position, 300));
      expect(rest.flatMap(({ rows }) => rows)).toEqual(all.slice(i + 1).flatMap(({ rows }) => rows));
      expect(rest.flatMap(({ numbers }) => numbers)).toEqual(
        all.slice(i + 1).flatMap(({ numbers }) => numbers),
      );
      const last = rest.at(-1)?.position;
      if (last !== undefined) expect(last).toEqual(all.at(-1)?.position);
    }
  });

  it('offsets stay true past bytes that are no UTF-8', async () => {
    const bytes = Buffer.concat([
      Buffer.from('id,é\n1,'),
      Buffer.of(0xff, 0xc3, 0x28),
      Buffer.from('\n2,漢\n3,x\n'),
    ]);
    const source = memorySource('a.csv', bytes);
    const all = await batches(source, {}, 1);
    expect(all.at(-1)?.position).toEqual({ row: 4, line: 5, offset: bytes.length });
    const rest = await collect(readCsv(source, usual, { row: 2, line: 3, offset: bytes.indexOf('2,') }));
    expect(rest.flatMap(({ rows }) => rows)).toEqual([
      ['2', '漢'],
      ['3', 'x'],
    ]);
  });

  it('line numbers go on as well', async () => {
    const source = memorySource('a.csv', 'id,name\n1,"a\nb"\n2,x\0y\n');
    const rest = await collect(readCsv(source, usual, { row: 2, line: 4, offset: 16 }));
    expect(rest.flatMap(({ problems }) => problems)).toMatchObject([
      { row: 3, reason: expect.stringContaining('Line 4') },
    ]);
  });
});

it('leaving the loop early releases the source', async () => {
  let released = false;
  const inner = memorySource('a.csv', `a\n${'1\n'.repeat(1_000)}`, () => 10);
  const source: ByteSource = {
    ...inner,
    async *stream(start, end) {
      try {
        yield* inner.stream(start, end);
      } finally {
        released = true;
      }
    },
  };
  for await (const _ of readCsv(source, usual, null, 20)) break;
  expect(released).toBe(true);
});

it.each([
  ['plain', null, Buffer.from('a\n1\n')],
  ['gzip', 'gzip', gzipSync('a\n1\n').subarray(0, 20)],
] as const)('an outage of the source passes through as it is (%s)', async (_, compression, bytes) => {
  const outage = new Error('connection reset');
  const source: ByteSource = {
    ...memorySource('a.csv', bytes),
    async *stream() {
      yield bytes;
      throw outage;
    },
  };
  await expect(batches(source, { compression })).rejects.toBe(outage);
});
