import { finished } from 'node:stream/promises';
// The browser's build is one file without `require`; of Node it needs nothing.
import { type CellObject, CFB, read, utils, type WorkBook, type WorkSheet, write } from '@e965/xlsx';
import { htmlTables } from './html-tables.ts';
import { hideInOds } from './ods-hidden.ts';

/**
 * A process of its own: reads a spreadsheet of another format from standard input and writes its values as .xlsx to
 * standard output. Formulas, styles, macros and links are left behind. It runs without rights to files and with a limit
 * on its memory, since the library that understands these formats holds the whole file.
 *
 * Exit: 0 converted, 3 the file cannot be read (the reason is on standard error).
 */
const [kind = ''] = process.argv.slice(2);

const markup = ['xml', 'fods'];

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Text in the encoding that it names: by its mark, its XML declaration or its meta element; else UTF-8 or Windows-1252. */
function decode(bytes: Buffer): string {
  const head = bytes.toString('latin1', 0, 4096);
  const named = /<\?xml[^>]*encoding=["']([\w-]+)|<meta[^>]*charset=["']?([\w-]+)/i.exec(head);
  const marked = head.startsWith('\xff\xfe') ? 'utf-16le' : head.startsWith('\xfe\xff') ? 'utf-16be' : null;
  for (const [label, fatal] of [
    [marked ?? 'utf-8', true],
    [named?.[1] ?? named?.[2] ?? 'windows-1252', false],
    ['windows-1252', false],
  ] as const) {
    try {
      return new TextDecoder(label, { fatal }).decode(bytes);
    } catch {
      // The next one takes it.
    }
  }
  return bytes.toString('latin1');
}

/** Keeps the value of each cell and how it is shown, in place: a copy of all cells would need their memory twice. */
function keepValues(sheet: WorkSheet | undefined): WorkSheet {
  const rows = sheet?.['!data'] ?? [];
  let width = 1;
  for (let r = 0; r < rows.length; r++) {
    const row: (CellObject | undefined)[] = (rows[r] ??= []);
    width = Math.max(width, row.length);
    for (let c = 0; c < row.length; c++) {
      const cell = row[c];
      if (!cell) continue;
      row[c] = cell.z === undefined ? { t: cell.t, v: cell.v } : { t: cell.t, v: cell.v, z: cell.z };
    }
  }
  if (rows.length === 0) rows.push([]);
  // What a sheet says of its own extent may go beyond its rows, and its cells need not begin in A1.
  const end = { r: rows.length - 1, c: width - 1 };
  return {
    '!data': rows,
    '!ref': utils.encode_range({ s: { r: 0, c: 0 }, e: end }),
    '!rows': onlyHidden(sheet?.['!rows'], rows.length),
    '!cols': onlyHidden(sheet?.['!cols'], width),
  };
}

/** Of what is said of rows or columns, whether they are hidden. */
function onlyHidden(said: ({ hidden?: boolean } | undefined)[] | undefined, count: number) {
  return Array.from({ length: said ? count : 0 }, (_, at) => ({ hidden: said?.[at]?.hidden === true }));
}

/**
 * The library takes `<table-cell office:value="1"/>` for an empty cell, since most programs write the text that is shown
 * into it: such elements are opened and closed.
 */
const openCells = (xml: string) =>
  xml.replace(
    /<table:table-cell\b([^<>]*\boffice:[a-z-]*value=[^<>]*)\/>/g,
    '<table:table-cell$1></table:table-cell>',
  );

function openCellsInZip(input: Buffer): { bytes: Buffer; xml: string } {
  const zip = CFB.read(input, { type: 'buffer' });
  const content = CFB.find(zip, '/content.xml');
  if (!content) return { bytes: input, xml: '' };
  const xml = Buffer.from(content.content).toString();
  const opened = openCells(xml);
  const styled = CFB.find(zip, '/styles.xml') !== null;
  if (opened === xml && styled) return { bytes: input, xml };
  content.content = Buffer.from(opened);
  // Optional in ODF (1.2 part 3, 2.2.1), but asked for by the library.
  if (!styled) CFB.utils.cfb_add(zip, '/styles.xml', Buffer.from('<office:document-styles/>'));
  return { bytes: CFB.write(zip, { fileType: 'zip', type: 'buffer' }), xml };
}

function htmlBook(html: string): WorkBook {
  const book = utils.book_new();
  for (const rows of htmlTables(html)) {
    // Text of a web page stays text: 00123 is no number.
    const cells = rows.map((row) => row.map((v): CellObject => (v === '' ? { t: 'z' } : { t: 's', v })));
    utils.book_append_sheet(book, { '!data': cells });
  }
  if (book.SheetNames.length === 0) throw new Error('There is no table in it.');
  return book;
}

function foreignBook(input: Buffer): WorkBook {
  const options = {
    // Without them the library leaves out which columns are hidden.
    cellStyles: true,
    dense: true,
    cellFormula: false,
    cellHTML: false,
    cellText: false,
    cellNF: true,
  };
  if (markup.includes(kind)) {
    const xml = decode(input);
    const book = read(openCells(xml), { ...options, type: 'string' });
    if (kind === 'fods') hideInOds(book, xml);
    return book;
  }
  if (kind !== 'ods') return read(input, { ...options, type: 'buffer' });
  const { bytes, xml } = openCellsInZip(input);
  const book = read(bytes, { ...options, type: 'buffer' });
  hideInOds(book, xml);
  return book;
}

function convert(input: Buffer): Buffer {
  const book = kind === 'html' ? htmlBook(decode(input)) : foreignBook(input);
  const plain: WorkBook = {
    SheetNames: book.SheetNames,
    Sheets: Object.fromEntries(book.SheetNames.map((name) => [name, keepValues(book.Sheets[name])])),
    Workbook: {
      WBProps: { date1904: book.Workbook?.WBProps?.date1904 ?? false },
      Sheets: (book.Workbook?.Sheets ?? []).map(({ name, Hidden }) => ({ name, Hidden })),
    },
  };
  return write(plain, { bookType: 'xlsx', type: 'buffer', compression: true, bookSST: false });
}

try {
  process.stdout.write(convert(await readInput()));
  process.stdout.end();
  await finished(process.stdout).catch(() => {});
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 3;
}
