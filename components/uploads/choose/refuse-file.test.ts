import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ZipEntry, zipBytes } from '@/worker/read/xlsx/testing/zip-writer';
import { refusalOf } from './refuse-file';

/** What is said of a file with these bytes, whatever it is called. */
const said = (bytes: string | Uint8Array, name = 'table.csv') =>
  refusalOf(new File([typeof bytes === 'string' ? bytes : Uint8Array.from(bytes)], name));

const zip = async (...entries: (ZipEntry | string)[]) =>
  said(
    await zipBytes(entries.map((entry) => (typeof entry === 'string' ? { name: entry, data: 'x' } : entry))),
    'table.xlsx',
  );

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

/** An OLE2 container with streams of these names. */
function ole(...streams: string[]): Uint8Array {
  const bytes = Buffer.alloc(8_192);
  hex('d0cf11e0a1b11ae1').forEach((byte, i) => {
    bytes[i] = byte;
  });
  for (const [i, stream] of streams.entries()) bytes.write(stream, 1_024 + i * 128, 'utf16le');
  return Uint8Array.from(bytes);
}

const png = hex('89504e470d0a1a0a0000000d49484452');

describe('what is no table is refused before it goes up, by its bytes', () => {
  it.each([
    ['nothing', '', 'The file is empty: it holds 0 bytes.'],
    ['a picture', png, 'This is a PNG picture, not a table. A picture holds no rows'],
    ['a photograph', hex('000000186674797068656963'), 'This is a photograph'],
    ['a film', hex('0000002066747970697a6f6d'), 'This is a video'],
    ['a PDF', '%PDF-1.7\n', 'This is a PDF document, not a table. Export the table as .csv or .xlsx'],
    ['a program', hex('4d5a90000300000004000000ffff0000'), 'This is a Windows program, not a table.'],
    ['a database', hex('000100005374616e6461726420414345204442'), 'This is an Access database'],
    ['an old Word document', ole('WordDocument'), 'This is a Word document, not a table. Copy its table'],
    ['a locked workbook', ole('EncryptedPackage'), 'This workbook is password-protected.'],
    ['a packed picture', gzipSync(png), 'What is packed in it is a PNG picture, not a table.'],
    ['a packed archive', gzipSync(tar()), 'What is packed in it is a tar archive'],
  ])('%s', async (_, bytes, sentence) => {
    expect(await said(bytes)).toContain(sentence);
  });

  it.each([
    ['pictures', ['a.png', 'b.JPG', '__MACOSX/._a.png'], 'This is a zip archive of 2 pictures, not a table.'],
    ['several tables', ['a.csv', 'b.csv'], 'This is a zip archive of 2 files (a.csv, b.csv), not a table.'],
    [
      'a Word document',
      ['[Content_Types].xml', 'word/document.xml'],
      'This is a Word document (.docx), not a table. Copy its table into a spreadsheet',
    ],
    ['a presentation', ['[Content_Types].xml', 'ppt/presentation.xml'], 'a PowerPoint presentation (.pptx)'],
    ['Numbers', ['Index/Document.iwa', 'preview.jpg'], 'This is an Apple Numbers spreadsheet'],
    ['nothing', ['.DS_Store'], 'This is a zip archive with no file in it'],
    [
      'a text document',
      [{ name: 'mimetype', data: 'application/vnd.oasis.opendocument.text', stored: true }, 'content.xml'],
      'This is an OpenDocument text (.odt)',
    ],
    ['one picture', [{ name: 'a.csv', data: png }], 'What is packed in it is a PNG picture, not a table.'],
    [
      'a password',
      [{ name: 'a.csv', data: 'a,b', encrypted: true }],
      'This zip archive is password-protected',
    ],
  ])('a zip: %s', async (_, entries, sentence) => {
    expect(await zip(...entries)).toContain(sentence);
  });

  /** The first block of a tar archive. */
  function tar(): Uint8Array {
    const block = Buffer.alloc(512);
    block.write('table.csv', 0);
    block.write('ustar', 257);
    return Uint8Array.from(block);
  }
});

describe('what may be a table goes up', () => {
  it.each([
    ['text', 'MZ,ID3,BM\n1,2,3\n'],
    ['an old workbook', ole('Workbook')],
    ['an old workbook with a document in it', ole('WordDocument', 'Workbook')],
    ['a packed table', gzipSync('a,b\n1,2\n')],
    ['a web page', '<html><body><table><tr><td>1</td></tr></table></body></html>'],
  ])('%s', async (_, bytes) => {
    expect(await said(bytes, 'photo.png')).toBeNull();
  });

  it.each([
    ['a workbook', ['[Content_Types].xml', 'xl/workbook.xml']],
    ['a workbook with a document in it', ['xl/workbook.xml', 'word/document.xml']],
    ['a binary workbook', ['[Content_Types].xml', 'xl/workbook.bin']],
    [
      'an OpenDocument spreadsheet',
      [
        { name: 'mimetype', data: 'application/vnd.oasis.opendocument.spreadsheet', stored: true },
        'content.xml',
      ],
    ],
    ['one table', ['data/', { name: 'data/a.csv', data: 'a,b\n1,2\n' }, '__MACOSX/data/._a.csv']],
  ])('a zip: %s', async (_, entries) => {
    expect(await zip(...entries)).toBeNull();
  });

  it('also where the zip is damaged, which the worker explains', async () => {
    expect(await said(hex('504b030400000000'))).toBeNull();
  });
});
