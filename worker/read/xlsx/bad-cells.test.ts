import ExcelJS from 'exceljs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { MiB } from '@/lib/shared/bytes';
import { limits } from '../source/types';
import { MemorySource } from './testing/memory-source';
import { inspectAndRead, readSheet, workbookSource } from './testing/read-all';
import { failure, row, text } from './testing/small-workbooks';

async function byExcelJs(fill: (workbook: ExcelJS.Workbook) => void): Promise<MemorySource> {
  const workbook = new ExcelJS.Workbook();
  fill(workbook);
  return new MemorySource(new Uint8Array(await workbook.xlsx.writeBuffer()));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('cells', () => {
  const work = async (cells: string, formats?: (string | number)[], date1904 = false) => {
    const source = await workbookSource({ sheets: [{ rows: row(cells) }], formats, date1904 });
    return readSheet(source, 'Sheet1', date1904);
  };
  const dates = (format: string | number, values: string[], date1904 = false) =>
    work(values.map((value) => `<c s="1"><v>${value}</v></c>`).join(''), [format], date1904).then(
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
        sheets: [{ rows: [row(text('a')), open, ...Array.from({ length: 60 }, () => filler.repeat(MiB))] }],
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
    const { rows, problems } = await work('<c><v>1</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>');
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

  it('#40 #41 #42 #71 numbers are the shortest decimal of their double', async () => {
    const digits = ['12345678901234567890', '0.30000000000000004', '1.0E-3', '0012', '-2.50', '1e5'];
    const { rows } = await work(
      `${digits.map((value) => `<c><v>${value}</v></c>`).join('') + text('007')}<c s="1"><v>0.125</v></c>`,
      ['0.0%'],
    );
    const numbers = ['12345678901234567890', '0.30000000000000004', '0.001', '12', '-2.5', '100000'];
    expect(rows).toEqual([[...numbers, '007', '0.125']]);
  });

  it('booleans and ISO dates', async () => {
    const { rows } = await work(
      '<c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="d"><v>2024-03-01T00:00:00Z</v></c><c t="d"><v>2024-03-01T01:02:03.5</v></c>',
    );
    expect(rows).toEqual([['TRUE', 'FALSE', '2024-03-01', '2024-03-01T01:02:03.500']]);
  });

  it('a text that is not in the list of texts', async () => {
    expect(await failure(work('<c t="s"><v>3</v></c>'))).toEqual({
      reason: 'MALFORMED_FILE',
      message: 'The file is damaged: cell A1 of the sheet “Sheet1” refers to a text that is missing.',
    });
  });

  it('#15 more columns than a table may have, with and without values', async () => {
    expect((await work('<c><v>1</v></c><c r="XFD1" s="1"/>')).rows).toEqual([['1']]);
    expect(await failure(work('<c r="BIN1"><v>1</v></c><c r="BIO1"><v>1</v></c>'))).toEqual({
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
    const { data, sample } = await inspectAndRead(source);
    expect(data).toEqual([['1', '2'], ['9']]);
    expect(sample.map((each) => each.row)).toEqual([2, 1_000_003]);
  });

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
