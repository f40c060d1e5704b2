import ExcelJS from 'exceljs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ImportFailure } from '@/lib/imports/failure';
import { limits } from '../types';
import { inspectXlsx } from './inspect';
import { MemorySource } from './testing/memory-source';
import { inspectAndRead, readSheet, workbookSource } from './testing/read-all';
import { type WorkbookParts, workbookEntries } from './testing/workbook-writer';
import { type ZipEntry, zipBytes } from './testing/zip-writer';

const text = (...values: string[]) =>
  values.map((value) => `<c t="inlineStr"><is><t>${value}</t></is></c>`).join('');
const row = (cells: string) => `<row>${cells}</row>`;
const simple: WorkbookParts = {
  sheets: [{ rows: row('<c t="s"><v>0</v></c>') + row('<c s="1"><v>45352</v></c>') }],
  strings: ['<t>day</t>'],
  formats: [14],
};

async function zipped(entries: ZipEntry[]): Promise<MemorySource> {
  return new MemorySource(await zipBytes(entries));
}

async function failure(work: Promise<unknown>): Promise<{ reason: string; message: string }> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ImportFailure) return { reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('It was read.');
}

async function byExcelJs(fill: (workbook: ExcelJS.Workbook) => void): Promise<MemorySource> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return new MemorySource(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

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
    const begin = performance.now();
    expect((await failure(inspectAndRead(source))).reason).toBe('INFLATED_TOO_LARGE');
    expect(performance.now() - begin).toBeLessThan(500);
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

describe('sheets', () => {
  const filled = row(text('a')) + row(text('b'));

  it('#30 hidden sheets are not proposed, and said so', async () => {
    const source = await workbookSource({
      sheets: [
        { name: 'Old', state: 'hidden', rows: filled },
        { name: 'Empty' },
        { name: 'New', rows: filled },
      ],
    });
    const { layout, warnings } = await inspectAndRead(source);
    expect(layout.sheet).toBe('New');
    expect(layout.sheets.map(({ state, hasRows }) => [state, hasRows])).toEqual([
      ['hidden', true],
      ['visible', false],
      ['visible', true],
    ]);
    expect(warnings).toEqual(['The workbook also has hidden sheets with rows: “Old”.']);
  });

  it('#31 the person chooses', async () => {
    const sheets = [
      { name: 'A', rows: filled },
      { name: 'B', rows: row(text('x')) },
      { name: 'Hid', state: 'veryHidden', rows: filled },
      { name: 'None' },
    ];
    const source = await workbookSource({ sheets });
    expect((await inspectAndRead(source)).layout.sheet).toBe('A');
    expect((await inspectAndRead(source, { sheet: 'B' })).columns).toEqual(['x']);
    expect((await inspectAndRead(source, { sheet: 'Hid' })).warnings).toEqual([
      'The sheet “Hid” is hidden in the workbook.',
    ]);
    expect(await failure(inspectXlsx(source, { sheet: 'C' }))).toEqual({
      reason: 'SHEET_NOT_FOUND',
      message: 'The workbook has no sheet named “C”.',
    });
    expect((await failure(inspectXlsx(source, { sheet: 'None' }))).reason).toBe('NO_ROWS');
  });

  it('a damaged sheet does not keep from reading another', async () => {
    const source = await workbookSource({
      sheets: [
        { name: 'Bad', xml: '<worksheet><sheetData><row>' },
        { name: 'Good', rows: filled },
      ],
    });
    const { layout, warnings } = await inspectAndRead(source);
    expect([layout.sheet, warnings]).toEqual(['Good', ['The sheet “Bad” cannot be read.']]);
    expect((await failure(inspectXlsx(source, { sheet: 'Bad' }))).reason).toBe('MALFORMED_FILE');
  });

  it('header only is a table without rows', async () => {
    const { columns, data, layout } = await inspectAndRead(
      await workbookSource({ sheets: [{ rows: row(text('a', 'b')) }] }),
    );
    expect([columns, data, layout.headerRow]).toEqual([['a', 'b'], [], 1]);
  });

  it('#47 #48 #49 #50 header names and place', async () => {
    const rows =
      row(text('Sales report')) +
      '<row/>' +
      row(text('name', ' name ', '', '__proto__')) +
      row(`${text('x', 'y')}<c><v>1</v></c>${text('z')}`);
    const source = await workbookSource({ sheets: [{ rows }] });
    const { columns, layout, data } = await inspectAndRead(source);
    expect(columns).toEqual(['name', 'name_2', 'column_3', '__proto__']);
    expect([layout.headerRow, layout.firstRow, data]).toEqual([3, 4, [['x', 'y', '1', 'z']]]);
    expect((await inspectAndRead(source, { headerRow: 1 })).columns[0]).toBe('Sales report');
    const none = await inspectAndRead(source, { headerRow: null });
    expect([none.columns[0], none.data.length]).toEqual(['column_1', 3]);
  });
});

describe('cells', () => {
  const one = async (cells: string, formats?: (string | number)[], date1904 = false) => {
    const source = await workbookSource({ sheets: [{ rows: row(cells) }], formats, date1904 });
    return readSheet(source, 'Sheet1', date1904);
  };
  const dates = (format: string | number, values: string[], date1904 = false) =>
    one(values.map((value) => `<c s="1"><v>${value}</v></c>`).join(''), [format], date1904).then(
      ({ rows }) => rows[0],
    );

  it('#32 rows and cells without r; numbers that do not grow', async () => {
    const rows = `${row(`<c><v>1</v></c><c/><c><v>2</v></c><c r="F1"><v>3</v></c><c><v>4</v></c>`)}<row r="5"><c><v>5</v></c></row>${row('<c><v>6</v></c>')}<row r="6"><c><v>7</v></c></row>`;
    const source = await workbookSource({ sheets: [{ rows }] });
    const { rows: read, numbers } = await readSheet(source);
    expect(read).toEqual([['1', '', '2', '', '', '3', '4'], ['5'], ['6'], ['7']]);
    expect(numbers).toEqual([1, 5, 6, 7]);
    expect((await inspectAndRead(source)).warnings[0]).toContain('out of order from row 7');
  });

  it('rows numbered beyond all measure, and tags and blanks without end', async () => {
    const numbered = await workbookSource({
      sheets: [{ rows: '<row r="999999999999999999999"><c><v>1</v></c></row>' }],
    });
    expect((await failure(readSheet(numbered))).reason).toBe('MALFORMED_FILE');
    const endless = (open: string, filler: string) =>
      workbookSource({
        sheets: [
          { rows: [row(text('a')), open, ...Array.from({ length: 60 }, () => filler.repeat(1024 * 1024))] },
        ],
      });
    for (const source of [
      await endless('<row a="', 'x'),
      await endless('', ' '),
      await endless('<row><c', 'x'),
    ]) {
      expect((await failure(readSheet(source))).reason).toBe('RECORD_TOO_LARGE');
    }
  });

  it('#33 1904 date system', async () => {
    expect(await dates(14, ['0', '1', '43890', '43890.5'], true)).toEqual([
      '1904-01-01',
      '1904-01-02',
      '2024-03-01',
      '2024-03-01T12:00:00',
    ]);
  });

  it('#34 29 Feb 1900, the days around it, and times', async () => {
    expect(await dates(14, ['1', '59', '60', '61', '0.5', '-1', '2958465', '2958466'])).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
      '12:00:00',
      '-1',
      '9999-12-31',
      '2958466',
    ]);
    expect(await dates('h:mm', ['0.524259259259259', '0.9999999999', '0'])).toEqual([
      '12:34:56',
      '00:00:00',
      '00:00:00',
    ]);
    expect(await dates('[h]:mm:ss', ['1.135416666666667', '0.000011574', '-0.5'])).toEqual([
      '27:15:00',
      '00:00:01',
      '-12:00:00',
    ]);
    expect(await dates('yyyy-mm-dd hh:mm:ss.000', ['45352.52426', '45352', '45352.9999999999'])).toEqual([
      '2024-03-01T12:34:56.064',
      '2024-03-01T00:00:00',
      '2024-03-02T00:00:00',
    ]);
  });

  it.each(['UTC', 'Pacific/Apia', 'America/Los_Angeles', 'Europe/Amsterdam'])(
    '#35 server in %s',
    async (zone) => {
      vi.stubEnv('TZ', zone);
      expect(await dates('yyyy-mm-dd hh:mm', ['1.25', '15000.25', '45352.25'])).toEqual([
        '1900-01-01T06:00:00',
        '1941-01-24T06:00:00',
        '2024-03-01T06:00:00',
      ]);
    },
  );

  it('#36 merged cells: top-left only', async () => {
    const source = await byExcelJs((workbook) => {
      const sheet = workbook.addWorksheet('Sheet1');
      sheet.addRow(['a', 'b', 'c']);
      sheet.addRow(['merged', '', 'x']);
      sheet.addRow(['', '', 'y']);
      sheet.mergeCells('A2:B3');
    });
    expect((await readSheet(source)).rows).toEqual([
      ['a', 'b', 'c'],
      ['merged', '', 'x'],
      ['', '', 'y'],
    ]);
  });

  it('#37 formula errors', async () => {
    const { rows, problems } = await one('<c><v>1</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>');
    expect(rows).toEqual([['1', '', '#DIV/0!']]);
    expect(problems).toEqual([
      {
        row: 1,
        column: 2,
        value: '#DIV/0!',
        code: 'formula-error',
        reason: 'Cell C1 holds the error #DIV/0!.',
      },
    ]);
  });

  it('#38 formulas with and without a stored result', async () => {
    const source = await workbookSource({
      sheets: [
        {
          rows:
            row(text('a', 'b', 'c')) +
            row(
              '<c r="A2" t="str"><f>"x"</f><v>x</v></c><c r="B2"><f>SUM(1)</f></c><c r="C2"><f>2</f><v>2</v></c>',
            ),
        },
      ],
    });
    const { data, warnings } = await inspectAndRead(source);
    expect(data).toEqual([['x', '', '2']]);
    expect(warnings).toEqual([
      expect.stringMatching(/^Cell B2 holds a formula without a result; such cells are read as empty\./),
    ]);
  });

  it('#39 rich text, phonetic guides, escapes', async () => {
    const strings = [
      '<r><t>Ri</t></r><r><rPr><b/></rPr><t xml:space="preserve">ch </t></r>',
      '<t>課きく</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/>',
      '<t>a_x000D_\nb</t>',
      '<t>_x005F_x000D_</t>',
      '<t><![CDATA[<b> & c]]></t>',
      '<t>&lt;&#233;&#x1F363;</t>',
      '<t/>',
      '<t xml:space="preserve">  x  </t>',
    ];
    const expected = ['Rich ', '課きく', 'a\r\nb', '_x000D_', '<b> & c', '<é🍣', '', '  x  '];
    const shared = strings.map((_, index) => `<c t="s"><v>${index}</v></c>`).join('');
    const inline = strings.map((string) => `<c t="inlineStr"><is>${string}</is></c>`).join('');
    const source = await workbookSource({ sheets: [{ rows: row(shared) + row(inline) }], strings });
    expect((await readSheet(source)).rows).toEqual([expected, expected]);
  });

  it('#39 texts that cannot be stored are problems', async () => {
    const strings = ['<t>a_x0000_b</t>', '<t>_xD83D_</t>'];
    const source = await workbookSource({
      sheets: [{ rows: row('<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><v>_x0000_</v></c>') }],
      strings,
    });
    const { rows, problems } = await readSheet(source);
    expect(rows).toEqual([['a\\0b', '\ufffd', '\\0']]);
    expect(problems.map(({ code, column }) => [code, column])).toEqual([
      ['nul-byte', 0],
      ['invalid-encoding', 1],
      ['nul-byte', 2],
    ]);
  });

  it('#40 #41 #42 numbers keep the digits of the file', async () => {
    const digits = ['12345678901234567890', '0.30000000000000004', '1.0E-3', '0012', '-2.50', '1e5'];
    const { rows } = await one(
      `${digits.map((value) => `<c><v>${value}</v></c>`).join('') + text('007')}<c s="1"><v>0.125</v></c>`,
      ['0.0%'],
    );
    expect(rows).toEqual([[...digits, '007', '0.125']]);
  });

  it('booleans and ISO dates', async () => {
    const { rows } = await one(
      '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="d"><v>2024-03-01T00:00:00Z</v></c><c t="d"><v>2024-03-01T01:02:03.5</v></c>',
    );
    expect(rows).toEqual([['TRUE', 'FALSE', '2024-03-01', '2024-03-01T01:02:03.500']]);
  });

  it('a text that is not in the list of texts', async () => {
    expect(await failure(one('<c t="s"><v>3</v></c>'))).toEqual({
      reason: 'MALFORMED_FILE',
      message: 'The file is damaged: cell A1 of the sheet “Sheet1” refers to a text that is missing.',
    });
  });

  it('#15 more columns than a table may have, with and without values', async () => {
    expect((await one('<c><v>1</v></c><c r="XFD1" s="1"/>')).rows).toEqual([['1']]);
    expect(await failure(one('<c r="BIN1"><v>1</v></c><c r="BIO1"><v>1</v></c>'))).toEqual({
      reason: 'TOO_MANY_COLUMNS',
      message: 'The sheet “Sheet1” has a value in cell BIO1; tables may have 1,600 columns.',
    });
  });

  it('#51 a million styled blank rows', async () => {
    const blank = function* () {
      yield row(text('a', 'b')) + row(text('1', '2'));
      for (let number = 3; number < 1_000_003; number++) {
        yield `<row r="${number}" s="5" customFormat="1"><c r="A${number}" s="1"/><c r="B${number}" s="1"/></row>`;
      }
      yield '<row r="1000003"><c r="A1000003"><v>9</v></c></row>';
    };
    const source = await workbookSource({ sheets: [{ rows: blank() }] });
    const begin = performance.now();
    const { data, sample } = await inspectAndRead(source);
    expect(data).toEqual([['1', '2'], ['9']]);
    expect(sample.map((each) => each.row)).toEqual([2, 1_000_003]);
    expect(performance.now() - begin).toBeLessThan(10_000);
  }, 30_000);

  it('#52 cells over the limit, shared, inline and beyond all measure', async () => {
    const long = 'x'.repeat(limits.cellCharacters + 1);
    const exact = 'y'.repeat(limits.cellCharacters);
    const endless = 'z'.repeat(40 * limits.cellCharacters);
    const rows = [
      row('<c t="s"><v>0</v></c>'),
      row(text(long)),
      row(text('a', endless, 'c')),
      row(text(exact)),
    ];
    const source = await workbookSource({ sheets: [{ rows }], strings: [`<t>${long}</t>`] });
    const { rows: read, problems } = await readSheet(source);
    expect(problems.map(({ row: number, column, code }) => [number, column, code])).toEqual([
      [1, 0, 'cell-too-large'],
      [2, 0, 'cell-too-large'],
      [3, 1, 'cell-too-large'],
    ]);
    expect(problems[0]?.reason).toBe('Cell A1 is longer than 1,048,576 characters.');
    expect(read[2]).toEqual(['a', '', 'c']);
    expect(read[3]?.[0]).toBe(exact);
  });

  it('#52 one long text in every cell of a row', async () => {
    const source = await workbookSource({
      sheets: [{ rows: row('<c t="s"><v>0</v></c>'.repeat(1_000)) }],
      strings: [`<t>${'x'.repeat(1_000_000)}</t>`],
    });
    const { rows, problems } = await readSheet(source);
    expect(rows.flat().join('').length).toBeLessThan(5_000_000);
    expect(problems.map(({ code }) => code)).toEqual(['cell-too-large']);
  });
});
