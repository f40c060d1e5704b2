import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inspect } from '../inspect';
import { inspectXlsx } from './inspect';
import { MemorySource } from './testing/memory-source';
import { inspectAndRead, readSheet, workbookSource } from './testing/read-all';
import { failure, row, simple, text, zipped } from './testing/small-workbooks';
import { workbookEntries } from './testing/workbook-writer';
import { type ZipEntry, zipBytes } from './testing/zip-writer';

describe('files that are damaged or hostile', () => {
  it('#22 encrypted entries', async () => {
    const entries = workbookEntries(simple).map((entry) => ({ ...entry, encrypted: true }));
    expect((await failure(inspectXlsx(await zipped(entries)))).reason).toBe('PASSWORD_PROTECTED');
  });

  it('#23 truncated zip, cut anywhere', async () => {
    const whole = await zipBytes(workbookEntries(simple));
    for (let size = 4; size < whole.length; size += 7) {
      const { reason, message } = await failure(inspectAndRead(new MemorySource(whole.subarray(0, size))));
      expect([reason, message]).toEqual(['INCOMPLETE_FILE', 'The file is incomplete; upload it again.']);
    }
  });

  it('#23 a zip that lost its beginning', async () => {
    const whole = await zipBytes(workbookEntries(simple));
    expect((await failure(inspectAndRead(new MemorySource(whole.subarray(100))))).reason).toBe(
      'MALFORMED_FILE',
    );
  });

  it('#23 one flipped byte is never read as other values', async () => {
    const whole = await zipBytes(workbookEntries(simple));
    const expected = (await inspectAndRead(new MemorySource(whole))).data;
    for (let at = 0; at < whole.length; at += 5) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 7));
      const outcome = await inspectAndRead(new MemorySource(flipped)).catch((error: unknown) => error);
      if (outcome instanceof Error)
        expect(outcome, `byte ${at}: ${outcome.stack}`).toBeInstanceOf(ImportFailure);
      else expect(outcome, `byte ${at}`).toMatchObject({ data: expected });
    }
  });

  it('#24 a bomb that declares its size', async () => {
    const bomb = { sheets: [{ rows: repeated('<row><c><v>1</v></c></row>', 4_000_000) }] };
    const source = await workbookSource(bomb);
    expect((await failure(inspectAndRead(source))).reason).toBe('INFLATED_TOO_LARGE');
  });

  it('#24 a bomb that lies about its size', async () => {
    const entries = workbookEntries({ ...simple, stringsXml: repeated('<si><t>a</t></si>', 1_000_000) });
    const lying = entries.map((entry) =>
      entry.name === 'xl/sharedStrings.xml' ? { ...entry, declaredSize: 1000 } : entry,
    );
    expect((await failure(inspectAndRead(await zipped(lying)))).reason).toBe('MALFORMED_FILE');
  });

  it('#25 100,000 entries', async () => {
    const many = Array.from({ length: 100_000 }, (_, index) => ({
      name: `p${index}`,
      data: '',
      stored: true,
    }));
    const { reason, message } = await failure(inspectXlsx(await zipped(many)));
    expect([reason, message]).toEqual([
      'MALFORMED_FILE',
      'The file holds 100,000 parts; a workbook may hold 10,000.',
    ]);
  });

  it.each(['sheet', 'strings'])('#26 a DTD with entities in the %s', async (where) => {
    const dtd = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]>';
    const entries = workbookEntries(
      where === 'sheet'
        ? { sheets: [{ xml: `${dtd}<worksheet><sheetData>${row(text('&a;'))}</sheetData></worksheet>` }] }
        : { ...simple, stringsXml: `${dtd}<sst><si><t>&a;</t></si></sst>` },
    );
    const { reason, message } = await failure(inspectAndRead(await zipped(entries)));
    expect(reason).toBe('MALFORMED_FILE');
    expect(message).toContain(where === 'sheet' ? 'the sheet “Sheet1”' : 'the list of texts');
  });

  it('#26 an entity that no one declared', async () => {
    const source = await workbookSource({ sheets: [{ rows: row(text('&nbsp;')) }] });
    expect((await failure(inspectAndRead(source))).message).toBe(
      'The file is damaged: the sheet “Sheet1” cannot be read.',
    );
  });

  it.each([
    [
      'no workbook',
      [{ name: 'readme.txt', data: 'hello' }],
      'This is a zip file that holds no Excel workbook.',
    ],
    ['a binary workbook', [{ name: 'xl/workbook.bin', data: '' }, rootOf('xl/workbook.bin')], '(.xlsb)'],
    [
      'a document',
      [{ name: 'word/document.xml', data: '<document/>' }, rootOf('word/document.xml')],
      'not an Excel workbook',
    ],
    [
      'OpenDocument',
      [
        { name: 'mimetype', data: '' },
        { name: 'content.xml', data: '' },
      ],
      '(.ods)',
    ],
  ])('a zip with %s', async (_, entries, message) => {
    const found = await failure(inspectXlsx(await zipped(entries)));
    expect(found.reason).toBe('UNSUPPORTED_FORMAT');
    expect(found.message).toContain(message);
  });
});

function rootOf(target: string): ZipEntry {
  return {
    name: '_rels/.rels',
    data: `<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="${target}"/></Relationships>`,
  };
}

function* repeated(piece: string, times: number): Generator<string> {
  for (let count = 0; count < times; count += 1000) yield piece.repeat(1000);
}

describe('how the parts lie in the zip', () => {
  const expected = [['day'], ['2024-03-01']];

  it('#27 #28 parts in any order', async () => {
    const count = workbookEntries(simple).length;
    for (let turn = 0; turn < count; turn++) {
      const entries = workbookEntries(simple);
      const turned = [...entries.slice(turn), ...entries.slice(0, turn)];
      expect((await readSheet(await zipped(turned))).rows).toEqual(expected);
      expect((await readSheet(await zipped(workbookEntries(simple).toReversed()))).rows).toEqual(expected);
    }
  });

  it.each([
    ['unusual', 'xl/data/the table.xml', 'data/the%20table.xml'],
    ['absolute', 'xl/worksheets/sheet1.xml', '/xl/worksheets/sheet1.xml'],
    ['relative', 'sheets/one.xml', '../sheets/./one.xml'],
    ['backslashes', 'xl\\worksheets\\one.xml', 'worksheets\\one.xml'],
    ['case', 'XL/Worksheets/Sheet1.XML', 'worksheets/sheet1.xml'],
    ['leading slash', '/xl/worksheets/sheet1.xml', 'worksheets/sheet1.xml'],
  ])('#29 #30 sheet part names: %s', async (_, part, target) => {
    const source = await workbookSource({ ...simple, sheets: [{ ...simple.sheets?.[0], part, target }] });
    expect((await readSheet(source)).rows).toEqual(expected);
  });

  it('#82 every name and target in any case, with any slashes, absolute or relative', async () => {
    const ways = fc.record({
      letters: fc.constantFrom(
        (name: string) => name,
        (name: string) => name.toLowerCase(),
        (name: string) => name.toUpperCase(),
      ),
      slashes: fc.constantFrom('/', '\\', '/./'),
      lead: fc.constantFrom('', '/', '\\', './'),
    });
    await fc.assert(
      fc.asyncProperty(ways, ways, fc.boolean(), async (names, targets, absolute) => {
        const spelled = (way: typeof names, name: string) => way.letters(name).replaceAll('/', way.slashes);
        const entries = workbookEntries(simple).map(({ name, data }) => ({
          name: names.lead + spelled(names, name),
          data:
            typeof data === 'string'
              ? data.replace(
                  /(?<= Target=")[^"]*/g,
                  (target) =>
                    (absolute ? '/' : '') +
                    spelled(targets, absolute && !target.startsWith('xl/') ? `xl/${target}` : target),
                )
              : data,
        }));
        const { layout, columns, sample } = await inspect(await zipped(entries));
        expect([layout.format, columns, sample.map(({ cells }) => cells)]).toEqual([
          'xlsx',
          ['day'],
          [['2024-03-01']],
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('stored entries and UTF-16 parts', async () => {
    const entries = workbookEntries({
      sheets: [
        {
          xml: utf16(
            `<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData>${row(text('né'))}</sheetData></worksheet>`,
          ),
        },
      ],
    });
    const { rows } = await readSheet(await zipped(entries.map((entry) => ({ ...entry, stored: true }))));
    expect(rows).toEqual([['né']]);
  });

  it('a workbook of nothing but a sheet', async () => {
    const entries = workbookEntries({ sheets: [{ rows: row('<c><v>5</v></c>') }] });
    const bare = entries.filter(({ name }) => !/styles|^_rels/.test(name));
    const links = bare.map((entry) =>
      typeof entry.data === 'string'
        ? { ...entry, data: entry.data.replace(/<Relationship [^>]*styles[^>]*>/, '') }
        : entry,
    );
    expect((await readSheet(await zipped(links))).rows).toEqual([['5']]);
    expect((await failure(readSheet(await zipped(bare)))).message).toBe(
      'The file is damaged: “xl/styles.xml” is missing from it.',
    );
  });

  it('prefixed and strict names', async () => {
    const xml =
      '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData><x:row r="3"><x:c r="B3" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const strings =
      '<x:sst xmlns:x="y"><x:si><x:r><x:t>ri</x:t></x:r><x:r><x:t>ch</x:t></x:r></x:si></x:sst>';
    const { rows, numbers } = await readSheet(
      await workbookSource({ sheets: [{ xml }], stringsXml: strings }),
    );
    expect([rows, numbers]).toEqual([[['', 'rich']], [3]]);
  });
});

function utf16(xml: string): Buffer {
  return Buffer.from(`\ufeff${xml}`, 'utf16le');
}
