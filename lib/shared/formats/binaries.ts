import { chooseAnother, exportTable, fromPicture, type NoTable, saveAs, unpack } from './advice';
import { ascii, latin1, startsWith } from './bytes-at';

interface Binary extends NoTable {
  magic: number[];
  /** Tells it from a table whose text begins alike. */
  and?: (head: Uint8Array) => boolean;
}

/** A table has no such byte in its first characters. */
const hasNul = (head: Uint8Array) => head.subarray(0, 64).includes(0);
const at = (start: number, ...words: string[]) => {
  return (head: Uint8Array) => words.some((word) => latin1(head, start, start + word.length) === word);
};

/** Files of photographs, films and sound in ISO’s base format say which they are behind “ftyp” (ISO/IEC 14496-12). */
const isoPictures = at(8, 'heic', 'heix', 'mif1', 'msf1', 'avif', 'avis');

const pictures: Binary[] = [
  { magic: [0x89, ...ascii('PNG')], name: 'a PNG picture', advice: fromPicture },
  { magic: [0xff, 0xd8, 0xff], name: 'a JPEG picture', advice: fromPicture },
  { magic: ascii('GIF8'), name: 'a GIF picture', advice: fromPicture },
  { magic: ascii('RIFF'), name: 'a WebP picture', advice: fromPicture, and: at(8, 'WEBP') },
  { magic: [0x49, 0x49, 0x2a, 0x00], name: 'a TIFF picture', advice: fromPicture },
  { magic: [0x4d, 0x4d, 0x00, 0x2a], name: 'a TIFF picture', advice: fromPicture },
  {
    // A table may begin with “BM”; a bitmap has the size of its own header (BITMAPINFOHEADER and later) in byte 14.
    magic: ascii('BM'),
    name: 'a bitmap picture',
    advice: fromPicture,
    and: (head) => [12, 40, 108, 124].includes(head[14] ?? 0) && head[15] === 0,
  },
  { magic: ascii('8BPS\0'), name: 'a Photoshop picture', advice: fromPicture },
  { magic: [0x00, 0x00, 0x01, 0x00], name: 'an icon', advice: fromPicture, and: (head) => head[5] === 0 },
];

const archives: Binary[] = [
  { magic: ascii('Rar!\x1a\x07'), name: 'a RAR archive', advice: unpack },
  { magic: [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], name: 'a 7-Zip archive', advice: unpack },
  {
    // “BZh” is also how a table could begin: a bzip2 stream goes on with a level and a block header.
    magic: ascii('BZh'),
    name: 'a bzip2 archive',
    advice: unpack,
    and: (head) => /^BZh[1-9]1AY&SY/.test(latin1(head, 0, 10)),
  },
  { magic: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00], name: 'an xz archive', advice: unpack },
  { magic: [0x28, 0xb5, 0x2f, 0xfd], name: 'a Zstandard archive', advice: unpack },
  { magic: ascii('MSCF\0\0\0\0'), name: 'a cabinet archive', advice: unpack },
];

const data: Binary[] = [
  { magic: ascii('%PDF-'), name: 'a PDF document', advice: exportTable },
  { magic: ascii('%!PS-Adobe'), name: 'a PostScript document', advice: exportTable },
  { magic: ascii('{\\rtf'), name: 'a Rich Text document', advice: saveAs },
  { magic: ascii('PAR1'), name: 'a Parquet file', advice: exportTable },
  { magic: ascii('Obj\x01'), name: 'an Avro file', advice: exportTable },
  { magic: ascii('ARROW1'), name: 'an Arrow file', advice: exportTable },
  { magic: [0x89, ...ascii('HDF\r\n')], name: 'an HDF5 file', advice: exportTable },
  { magic: ascii('SQLite format 3\0'), name: 'an SQLite database', advice: exportTable },
  {
    magic: [0x00, 0x01, 0x00, 0x00, ...ascii('Standard ')],
    name: 'an Access database',
    advice: exportTable,
    and: at(13, 'Jet DB', 'ACE DB'),
  },
  { magic: ascii('$FL2@(#)'), name: 'an SPSS file', advice: exportTable },
  { magic: ascii('<stata_dta>'), name: 'a Stata file', advice: exportTable },
  { magic: ascii('!BDN'), name: 'an Outlook mailbox', advice: exportTable, and: hasNul },
];

const others: Binary[] = [
  { magic: [0x7f, ...ascii('ELF')], name: 'a program', advice: chooseAnother },
  { magic: ascii('MZ'), name: 'a Windows program', advice: chooseAnother, and: hasNul },
  { magic: [0xcf, 0xfa, 0xed, 0xfe], name: 'a program', advice: chooseAnother },
  { magic: [0xca, 0xfe, 0xba, 0xbe], name: 'a program', advice: chooseAnother },
  { magic: [0x00, ...ascii('asm')], name: 'a program', advice: chooseAnother },
  { magic: [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0], name: 'a shortcut', advice: chooseAnother },
  { magic: ascii('RIFF'), name: 'a sound file', advice: chooseAnother, and: at(8, 'WAVE') },
  { magic: ascii('RIFF'), name: 'a video', advice: chooseAnother, and: at(8, 'AVI ') },
  { magic: ascii('ID3'), name: 'a sound file', advice: chooseAnother, and: hasNul },
  { magic: ascii('OggS\0'), name: 'a sound file', advice: chooseAnother },
  { magic: ascii('fLaC\0'), name: 'a sound file', advice: chooseAnother },
  { magic: [0x1a, 0x45, 0xdf, 0xa3], name: 'a video', advice: chooseAnother },
  { magic: ascii('wOFF'), name: 'a font', advice: chooseAnother, and: hasNul },
  { magic: ascii('wOF2'), name: 'a font', advice: chooseAnother, and: hasNul },
  { magic: ascii('OTTO\0'), name: 'a font', advice: chooseAnother },
];

const binaries = [...pictures, ...archives, ...data, ...others];

/** Names a file that is not text, from its first bytes; null for what may be. */
export function binaryOf(head: Uint8Array): NoTable | null {
  const found = binaries.find(({ magic, and }) => startsWith(head, magic) && (and?.(head) ?? true));
  if (found) return { name: found.name, advice: found.advice };
  if (latin1(head, 257, 262) === 'ustar') return { name: 'a tar archive', advice: unpack };
  if (head[0] !== 0 || !at(4, 'ftyp')(head)) return null;
  return isoPictures(head)
    ? { name: 'a photograph', advice: fromPicture }
    : { name: 'a video', advice: chooseAnother };
}
