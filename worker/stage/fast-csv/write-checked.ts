import { booleanWords } from '@/lib/shared/boolean-words';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { writeDate, writeDateTime, writeTime } from './write-dates';
import { type CellWriter, copyBytes } from './write-text';

/** The types that the fast path can write. The others have their files read the usual way. */
export const fastTypes = [
  'TEXT',
  'INTEGER',
  'DECIMAL',
  'BOOLEAN',
  'DATE',
  'DATETIME',
  'TIME',
] as const satisfies ColumnType[];
export type FastType = (typeof fastTypes)[number];

export function isFastType(type: ColumnType): type is FastType {
  return fastTypes.some((known) => known === type);
}

/** Of every such type but text, the writer of a column. What each accepts, its check accepts with the same text. */
const writers: Record<Exclude<FastType, 'TEXT'>, (column: MappedColumn) => CellWriter> = {
  INTEGER: () => writeInteger,
  DECIMAL: ({ decimalSign }) => decimalWriter(decimalSign === ',' ? COMMA : POINT),
  BOOLEAN: () => writeBoolean,
  DATE: ({ dateOrder }) => writeDate(dateOrder ?? null),
  DATETIME: ({ dateOrder }) => writeDateTime(dateOrder ?? null),
  TIME: () => writeTime,
};

/** @returns null for text, which is written by its spelling */
export function cellWriter(column: MappedColumn): CellWriter | null {
  const { type } = column;
  if (!isFastType(type)) throw new Error(`The fast path cannot write ${type}.`);
  return type === 'TEXT' ? null : writers[type](column);
}

const MINUS = 45;
const COMMA = 44;
const POINT = 46;
const ZERO = 48;

const writeInteger: CellWriter = (bytes, from, to, out, at) => {
  let i = from;
  let o = at;
  if (bytes[i] === MINUS) out[o++] = bytes[i++] ?? 0;
  const digits = to - i;
  if (digits < 1 || digits > 18 || (bytes[i] === ZERO && digits > 1)) return -1;
  for (; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if ((byte - ZERO) >>> 0 > 9) return -1;
    out[o++] = byte;
  }
  return o;
};

/** Long numbers are for the check itself. */
const longestNumber = 1_000;

function decimalWriter(sign: number): CellWriter {
  return (bytes, from, to, out, at) => {
    let i = from;
    let o = at;
    if (bytes[i] === MINUS) out[o++] = bytes[i++] ?? 0;
    // `.5` is a number, `-` and `.` are none.
    if (to - i > longestNumber || ((bytes[i] ?? 0) - ZERO) >>> 0 > 9) return -1;
    let points = 0;
    for (; i < to; i++) {
      const byte = bytes[i] ?? 0;
      if ((byte - ZERO) >>> 0 <= 9) {
        out[o++] = byte;
        continue;
      }
      if (byte !== sign || ++points > 1) return -1;
      out[o++] = POINT;
    }
    return o;
  };
}

/** By their first byte. A word's small letters and its length tell it from all others. */
const wordsByFirst: { spelled: Buffer; canonical: Buffer }[][] = Array.from({ length: 256 }, () => []);
for (const [word, value] of booleanWords) {
  const canonical = Buffer.from(value);
  for (const first of new Set([word.charCodeAt(0), word.toUpperCase().charCodeAt(0)])) {
    wordsByFirst[first]?.push({ spelled: Buffer.from(word), canonical });
  }
}

const writeBoolean: CellWriter = (bytes, from, to, out, at) => {
  for (const { spelled, canonical } of wordsByFirst[bytes[from] ?? 0] ?? []) {
    if (spelled.length === to - from && isWord(bytes, from, spelled))
      return copyBytes(canonical, 0, canonical.length, out, at);
  }
  return -1;
};

/** The first byte was compared; letters may be large or small. */
function isWord(bytes: Buffer, from: number, word: Buffer): boolean {
  for (let i = 1; i < word.length; i++) if (((bytes[from + i] ?? 0) | 0x20) !== word[i]) return false;
  return true;
}
