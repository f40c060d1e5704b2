import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MiB } from '@/lib/shared/bytes';
import { inspect } from '../inspect';
import { readRows } from '../read';
import { memorySource } from '../testing/memory-source';
import { failure, row, text } from '../xlsx/testing/small-workbooks';
import { workbookEntries } from '../xlsx/testing/workbook-writer';
import { type ZipEntry, zipBytes } from '../xlsx/testing/zip-writer';

/** What the reader makes of a file, in chunks of odd sizes. */
async function readAll(bytes: Uint8Array, name: string) {
  const source = memorySource(name, bytes, (start) => 1 + ((start * 7) % 1000));
  const { layout, columns } = await inspect(source);
  const rows: string[][] = [];
  let read = 0;
  for await (const batch of readRows(source, layout)) {
    rows.push(...batch.rows);
    expect(batch.bytes).toBeGreaterThanOrEqual(read);
    read = batch.bytes;
  }
  expect(read).toBeLessThanOrEqual(source.size);
  return { layout, columns, rows };
}

const table = `id,name\n${Array.from({ length: 20_000 }, (_, i) => `${i},é漢 ${i}\n`).join('')}`;
const workbook = () =>
  zipBytes(
    workbookEntries({
      sheets: [{ rows: [row(text('id', 'name')), row(text('1', 'Ann')), row(text('2', 'Zoë'))].join('') }],
    }),
  );
const zip = (...entries: ZipEntry[]) => zipBytes(entries);
const besides: ZipEntry[] = [
  { name: 'data/', data: '', stored: true },
  { name: '__MACOSX/data/._table.csv', data: 'x' },
  { name: 'data/.DS_Store', data: 'x' },
];

describe('one packed table is read as if it were not packed', () => {
  it.each([false, true])('a text file in a zip (stored: %s)', async (stored) => {
    const packed = await zip(...besides, { name: 'data/table.csv', data: table, stored });
    const found = await readAll(packed, 'table.zip');
    expect(found.layout).toMatchObject({ format: 'csv', compression: 'zip', encoding: 'utf-8' });
    expect(found.columns).toEqual(['id', 'name']);
    expect(found.rows).toEqual(Array.from({ length: 20_000 }, (_, i) => [String(i), `é漢 ${i}`]));
  });

  it('a workbook in gzip, and in a zip; its temporary file has no name', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-workbook-'));
    const plain = await workbook();
    for (const [compression, packed] of [
      ['gzip', gzipSync(plain)],
      ['zip', await zip({ name: 'März.xlsx', data: plain })],
    ] as const) {
      const found = await readAll(packed, 'book.xlsx.gz');
      expect(found.layout).toMatchObject({ format: 'xlsx', compression });
      expect(found.columns).toEqual(['id', 'name']);
      expect(found.rows).toEqual([
        ['1', 'Ann'],
        ['2', 'Zoë'],
      ]);
    }
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('sluice-workbook-'));
    expect(after.filter((name) => !before.includes(name))).toEqual([]);
  });
});

describe('what is packed and no single table is refused by name', () => {
  const refused = async (bytes: Uint8Array, name = 'a.zip') => failure(inspect(memorySource(name, bytes)));

  it('several files', async () => {
    const found = await refused(
      await zip({ name: 'a.csv', data: table }, { name: 'b.csv', data: table }, ...besides),
    );
    expect(found).toMatchObject({ reason: 'UNSUPPORTED_FORMAT' });
    expect(found.message).toContain('2 files (a.csv, b.csv)');
  });

  it.each([
    ['a password', { encrypted: true }, 'PASSWORD_PROTECTED', 'password'],
    ['JSON', { data: '[{"a":1},{"a":2}]' }, 'UNSUPPORTED_FORMAT', 'JSON'],
    ['a gzip file', { data: gzipSync('a,b\n1,2\n') }, 'UNSUPPORTED_FORMAT', 'packed twice'],
    ['a lie about its size', { data: table, declaredSize: 10 }, 'MALFORMED_FILE', 'unpacks to more'],
  ])('%s', async (_, entry, reason, words) => {
    const found = await refused(await zip({ name: 'a.csv', data: table, ...entry }));
    expect(found).toMatchObject({ reason });
    expect(found.message).toContain(words);
  });

  it('other things in a zip, whatever they are called', async () => {
    const numbers = [
      { name: 'Index/Document.iwa', data: 'x' },
      { name: 'preview.jpg', data: 'x' },
    ];
    expect((await refused(await zip(...numbers), 'a.csv')).message).toContain('Numbers');
    expect((await refused(await zip(...besides))).message).toContain('no file in it');
  });

  it('a workbook in gzip that is none, and one that grows beyond all measure', async () => {
    const other = gzipSync(await zip({ name: 'word/document.xml', data: '<x/>' }));
    expect(await refused(other, 'a.xlsx.gz')).toMatchObject({ reason: 'UNSUPPORTED_FORMAT' });
    const bomb = gzipSync(Buffer.concat([await workbook(), Buffer.alloc(64 * MiB)]));
    expect(await refused(bomb, 'a.xlsx.gz')).toMatchObject({ reason: 'INFLATED_TOO_LARGE' });
  });
});
