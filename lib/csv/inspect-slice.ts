import type { InspectionView } from '../imports/contract';
import { proposeColumn } from '../proposals/propose';
import { parseExactly } from './parse-exactly';
import { readTable } from './read-table';
import { sniffDialect } from './sniff/sniff';

/** Rows that types are proposed from; the worker takes more of them, and corrects what they show. */
const mostRows = 300;
const shownRows = 50;
const shownCharacters = 300;
const mostColumns = 1_600;
/** A longer name is shortened by the worker. */
const mostNameCharacters = 190;

/**
 * What a delimited text looks like from its first bytes, found the way the worker finds it. For browsers, which show it
 * while the rest of the file goes up.
 * @param whole whether these are all bytes of the file
 * @returns null for whatever only the worker can tell: workbooks, compressed files, encodings that have to be guessed
 */
export function inspectSlice(slice: Uint8Array, whole: boolean): InspectionView | null {
  const decoded = decode(slice, whole);
  if (!decoded || decoded.text.trim() === '' || decoded.text.includes('\0')) return null;
  const { text, encoding } = decoded;
  try {
    const dialect = sniffDialect(text, whole);
    const { rows, ordinals } = parseExactly(text, dialect, whole, 0);
    const numbered = rows
      .slice(0, mostRows + 100)
      .map((cells, i) => ({ row: 1 + (ordinals?.[i] ?? i), cells }));
    const { headerRows, body, columns } = readTable(numbered, undefined);
    if (columns.length === 0 || columns.length > mostColumns || columns.some(isLong)) return null;
    const sample = body.slice(0, mostRows);
    const { delimiter, quote } = dialect;
    return {
      layout: {
        format: 'csv',
        encoding,
        delimiter,
        quote,
        sheet: null,
        sheets: [],
        headerRow: headerRows[0]?.row ?? null,
      },
      columns: columns.map((name, i) => proposeColumn(name, i, sample, false)),
      sample: sample.slice(0, shownRows).map(({ row, cells }) => ({
        row,
        cells: cells.map((cell) => cell.slice(0, shownCharacters)),
      })),
      warnings: [],
    };
  } catch {
    // A bad file: the worker says what is wrong with it, and what to do.
    return null;
  }
}

const isLong = (name: string) => name.length > mostNameCharacters;

/** First bytes of files that are no text. */
const otherFormats = [
  [0x50, 0x4b],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x1f, 0x8b],
  [0x25, 0x50, 0x44, 0x46],
];

function decode(slice: Uint8Array, whole: boolean): { text: string; encoding: string } | null {
  const begins = (magic: number[]) => magic.every((byte, i) => slice[i] === byte);
  if (otherFormats.some(begins)) return null;
  const encoding = begins([0xff, 0xfe]) ? 'utf-16le' : begins([0xfe, 0xff]) ? 'utf-16be' : 'utf-8';
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(slice, { stream: !whole }), encoding };
  } catch {
    return null;
  }
}
