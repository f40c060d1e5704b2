import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { z } from '@/lib/shared/zod';
import { jsonbVersion, lengthBytes, placeBytes, tupleHead } from '../copy-format';
import type { RowTarget } from '../row-target';

/** A row as a tuple has it. For tests. */
export interface ReadTuple {
  rowNumber: number;
  /** Canonical text by slot, null for an empty cell: what `_exact` has, or else the value as PostgreSQL prints it. */
  values: (string | null)[];
}

const exactCells = z.record(z.string(), z.string());
const moreCells = z.array(z.string().nullable());

/**
 * The rows of tuples that stand one after another.
 * @throws Error when the bytes are not whole tuples of the target
 */
export function* readTuples(bytes: Uint8Array, target: RowTarget): Generator<ReadTuple> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = tupleHead(target);
  for (let at = 0; at < buffer.length; ) {
    if (head.compare(buffer, at, at + head.length) !== 0)
      throw new Error(`No tuple begins at byte ${at} of ${buffer.length}.`);
    const rowNumber = buffer.readInt32BE(at + head.length);
    at += placeBytes;
    const field = (): Buffer | null => {
      const length = buffer.readInt32BE(at);
      at += lengthBytes;
      if (length < 0) return null;
      at += length;
      if (at > buffer.length) throw new Error(`A value ends beyond byte ${buffer.length}.`);
      return buffer.subarray(at - length, at);
    };
    const slots = [...target.columns.map(({ slot }) => slot), ...target.more.map((slot) => slot ?? 0)];
    const values: (string | null)[] = new Array(Math.max(...slots) + 1).fill(null);
    for (const { slot, type } of target.columns) {
      const value = field();
      values[slot] = value && printed[type](value);
    }
    if (target.more.length > 0) {
      const more = moreCells.parse(jsonOf(field()));
      target.more.forEach((slot, i) => {
        if (slot !== null) values[slot] = more[i] ?? null;
      });
    }
    const exact = field();
    if (exact)
      for (const [slot, text] of Object.entries(exactCells.parse(jsonOf(exact)))) values[Number(slot)] = text;
    yield { rowNumber, values };
  }
}

function jsonOf(value: Buffer | null): unknown {
  if (value?.[0] !== jsonbVersion) throw new Error('No jsonb.');
  return JSON.parse(value.toString('utf8', 1));
}

const dayMilliseconds = 86_400_000;
const million = 1_000_000n;
const text = (value: Buffer) => value.toString();

/** Values as PostgreSQL prints them. */
const printed: Record<ColumnType, (value: Buffer) => string> = {
  TEXT: text,
  EMAIL: text,
  URL: text,
  CHOICE: text,
  JSON: text,
  INTEGER: (value) => String(value.readBigInt64BE()),
  DECIMAL: numeric,
  BOOLEAN: (value) => String(value[0] === 1),
  DATE: (value) => isoDate(value.readInt32BE()).slice(0, 10),
  TIME: (value) => clock(value.readBigInt64BE()),
  DATETIME: (value) => {
    const microseconds = value.readBigInt64BE();
    const day = Number(
      BigInt.asIntN(64, microseconds - modulo(microseconds, 86_400n * million)) / (86_400n * million),
    );
    return `${isoDate(day).slice(0, 10)}T${clock(modulo(microseconds, 86_400n * million))}`;
  },
};

function isoDate(days: number): string {
  const date = new Date(0);
  date.setTime(Date.UTC(2000, 0, 1) + days * dayMilliseconds);
  return date.toISOString();
}

const modulo = (number: bigint, by: bigint) => ((number % by) + by) % by;

function clock(microseconds: bigint): string {
  const two = (number: bigint) => String(number).padStart(2, '0');
  const seconds = microseconds / million;
  const fraction = String(microseconds % million)
    .padStart(6, '0')
    .replace(/0+$/, '');
  return `${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}${fraction && `.${fraction}`}`;
}

function numeric(value: Buffer): string {
  const digits = value.readInt16BE(0);
  const weight = value.readInt16BE(2);
  const scale = value.readInt16BE(6);
  const at = (power: number) => {
    const i = weight - power;
    return i < 0 || i >= digits ? '0000' : String(value.readInt16BE(8 + 2 * i)).padStart(4, '0');
  };
  let whole = '';
  for (let power = Math.max(weight, 0); power >= 0; power--) whole += at(power);
  let fraction = '';
  for (let power = -1; fraction.length < scale; power--) fraction += at(power);
  const sign = value.readUInt16BE(4) === 0x4000 ? '-' : '';
  return `${sign}${whole.replace(/^0+(?=\d)/, '')}${scale > 0 ? `.${fraction.slice(0, scale)}` : ''}`;
}
