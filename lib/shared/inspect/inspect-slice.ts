import { isBlankRow } from '../blank';
import { inferColumns } from '../columns/infer/infer-column';
import { dosDecoder } from '../csv/encoding/dos';
import { dialectWarnings } from '../csv/fixed-width';
import { dataRows, emptyTableWarnings, findLeftOut, lastRows } from '../csv/left-out';
import { parseExactly } from '../csv/parse-exactly';
import { readTable, topOf } from '../csv/read-table';
import { isLine } from '../csv/sniff/header-votes';
import { sniffDialect } from '../csv/sniff/sniff';
import { mostTableColumns } from '../most-table-columns';
import type { InspectionView } from '../schema/file/inspection';
import type { LayoutChoicesInput } from '../schema/file/layout';

/** Types are inferred from this many rows; the worker reads more and corrects them. */
const mostRows = 300;
const shownRows = 50;
const shownCharacters = 300;
/** A longer name is shortened by the worker. */
const mostNameCharacters = 190;

/**
 * What a delimited text looks like from its first bytes, found the way the worker finds it. For browsers, which show it
 * while the rest of the file goes up.
 * @param whole whether these are all bytes of the file
 * @param choices settings the user changed
 * @returns null for whatever only the worker can tell: workbooks, compressed files, encodings that have to be guessed
 */
export function inspectSlice(
  slice: Uint8Array,
  whole: boolean,
  choices: LayoutChoicesInput = {},
): InspectionView | null {
  const decoded = decode(slice, whole, choices.encoding);
  if (!decoded || decoded.text.trim() === '' || isForTheWorker(decoded.text)) return null;
  const { text, encoding } = decoded;
  try {
    const dialect = sniffDialect(text, whole, choices);
    const { rows, ordinals, brokenRecords, openQuote } = parseExactly(text, dialect, whole, 0);
    const cut = new Set(brokenRecords?.map(({ at }) => at));
    const numbered = rows
      .slice(0, mostRows + 100)
      .map((cells, i) => ({ row: 1 + (ordinals?.[i] ?? i), cells, ...(cut.has(i) ? { faulty: true } : {}) }));
    const { above, headerRows, body, widths, columns, headerSure } = readTable(
      numbered,
      choices.headerRow,
      choices.headerRows,
    );
    if (body.length === 0 && openQuote !== null) return null;
    if (columns.length === 0 || columns.length > mostTableColumns || columns.some(isLong)) return null;
    const end = whole && rows.length === numbered.length ? numbered.slice(-lastRows) : null;
    const leftOut = findLeftOut(
      headerRows.map(({ cells }) => cells),
      body,
      end,
      end !== null,
      choices.leftOut,
    );
    const sample = dataRows(body, leftOut, widths).slice(0, mostRows);
    const { delimiter, quote } = dialect;
    const inferred = inferColumns(columns, sample, widths);
    const headerRow = headerRows[0]?.row ?? null;
    return {
      layout: {
        format: 'csv',
        encoding,
        delimiter,
        quote,
        sheet: null,
        sheets: [],
        headerRow,
        headerRows: headerRows.map(({ row }) => row),
        rowsAbove: above.filter(({ cells }) => !isBlankRow(cells)).length,
        convertedFrom: null,
      },
      columns: inferred.columns,
      sample: sample.slice(0, shownRows).map(({ row, cells }) => ({
        row,
        cells: cells.map((cell) => cell.slice(0, shownCharacters)),
      })),
      top: topOf(numbered, headerRow),
      headerSure,
      leftOut: leftOut.map(({ kind, isLeftOut, says }) => ({ kind, isLeftOut, says })),
      encodings: [],
      warnings: [
        ...dialectWarnings(
          dialect,
          numbered.some(({ cells }) => isLine(cells)),
        ),
        ...(end === null ? [] : emptyTableWarnings(headerRows, body)),
        ...inferred.warnings,
      ],
    };
  } catch {
    // A bad file: the worker reports what is wrong and what to do.
    return null;
  }
}

/** With NULs, or with the escapes of Japanese in seven bits. */
const isForTheWorker = (text: string) => text.includes('\0') || text.includes('\x1b$');

const isLong = (name: string) => name.length > mostNameCharacters;

/** First bytes of files that are no text. */
const otherFormats = [
  [0x50, 0x4b],
  [0xd0, 0xcf, 0x11, 0xe0],
  [0x1f, 0x8b],
  [0x25, 0x50, 0x44, 0x46],
];

/** Whether bytes are those of something else than text. */
export function isOtherFormat(slice: Uint8Array): boolean {
  return otherFormats.some((magic) => begins(slice, magic));
}

const begins = (slice: Uint8Array, magic: number[]) => magic.every((byte, i) => slice[i] === byte);

function decode(
  slice: Uint8Array,
  whole: boolean,
  chosen: string | undefined,
): { text: string; encoding: string } | null {
  if (isOtherFormat(slice)) return null;
  const marked = begins(slice, [0xff, 0xfe])
    ? 'utf-16le'
    : begins(slice, [0xfe, 0xff])
      ? 'utf-16be'
      : 'utf-8';
  const encoding = chosen ?? marked;
  const dos = dosDecoder(encoding);
  if (dos) return { text: dos(slice), encoding };
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(slice, { stream: !whole }), encoding };
  } catch {
    return null;
  }
}
