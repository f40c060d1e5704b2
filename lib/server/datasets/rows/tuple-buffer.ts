import { KiB } from '@/lib/shared/bytes';
import { BufferPool } from './buffer-pool';
import {
  exactMember,
  jsonbVersion,
  jsonText,
  lengthBytes,
  noValue,
  placeBytes,
  tupleHead,
} from './copy-format';
import type { RowTarget } from './row-target';
import type { RowBuffer } from './row-writer';
import { asBytes } from './typed/as-bytes';
import { cellEncoders } from './typed/encoders';
import { writeInt32 } from './typed/int64';
import { aroundValue, type CellEncoder } from './typed/types';

/** Bytes of a batch of rows in the usual case. */
export const batchBytes: number = 256 * KiB;

const nothing = new Uint8Array(0);

/** What a cell takes at most beyond its text: its length, what its value takes, and its place in `_exact`. */
const aroundCell = lengthBytes + aroundValue + '"249":"",'.length;
/** No UTF-16 code unit takes more bytes of UTF-8. */
const unitBytes = 3;
/** Nor of JSON: a control character. */
const jsonUnitBytes = '\\u001f'.length;

/** Up to this length, a text that may be ASCII is written character by character, which is faster than a call. */
const shortText = 24;

/**
 * Rows as tuples of COPY's binary format, outside V8's heap: a row is written at once and its string dies young. Kept
 * as strings until the batch ended, they outgrew the young generation and cost a quarter of an import in garbage
 * collection.
 */
export class TupleBuffer implements RowBuffer {
  private readonly head: Buffer;
  private readonly columns: { slot: number; encoder: CellEncoder | null }[];
  /** Bytes that a tuple takes whatever its cells. */
  private readonly aroundCells: number;
  /** None before the first row: a record that is looked at alone is mostly rejected. */
  private bytes: Buffer | undefined;
  private used = 0;
  /** What `_exact` says of the row at hand: members of a JSON object. */
  private exact = '';

  /** @param pool where its memory comes from, for {@link release} to give back */
  constructor(
    private readonly target: RowTarget,
    private readonly pool: BufferPool = new BufferPool(batchBytes, 0),
  ) {
    this.head = tupleHead(target);
    this.columns = target.columns.map(({ slot, type }) => ({ slot, encoder: cellEncoders[type] }));
    this.aroundCells =
      placeBytes + 2 * aroundCell + aroundCell * this.columns.length + 'null,'.length * target.more.length;
  }

  /** @param values canonical text by column slot, null for an empty cell */
  add(rowNumber: number, values: readonly (string | null)[]): void {
    const most = this.mostBytes(values);
    this.bytes ??= this.pool.take();
    const bytes = this.bytes.length - this.used < most ? this.grow(this.bytes, most) : this.bytes;
    const { head, columns, target } = this;
    this.exact = '';
    let at = writeInt32(rowNumber, bytes, this.used + head.copy(bytes, this.used));
    for (const { slot, encoder } of columns) {
      const text = values[slot];
      if (text === null || text === undefined) at = writeInt32(noValue, bytes, at);
      else if (encoder === null) at = writeField(text, bytes, at);
      else at = this.writeTyped(slot, encoder, text, bytes, at);
    }
    if (target.more.length > 0) {
      const cells = target.more.map((slot) => jsonText(slot === null ? null : values[slot]));
      at = writeJsonb(`[${cells.join()}]`, bytes, at);
    }
    this.used = this.exact === '' ? writeInt32(noValue, bytes, at) : writeJsonb(`{${this.exact}}`, bytes, at);
  }

  /** The bytes of all rows so far, which stay as they are until {@link release}. */
  take(): Uint8Array {
    return this.bytes?.subarray(0, this.used) ?? nothing;
  }

  /** Nobody needs its bytes any more. */
  release(): void {
    if (this.bytes) this.pool.give(this.bytes);
  }

  private writeTyped(slot: number, encoder: CellEncoder, text: string, bytes: Buffer, at: number): number {
    const canonical = asBytes(text);
    const end = encoder.write(canonical, 0, text.length, bytes, at + lengthBytes);
    if (encoder.prints?.(canonical, 0, text.length) === false)
      this.exact += `${this.exact === '' ? '' : ','}${exactMember(slot, text)}`;
    if (end < 0) return writeInt32(noValue, bytes, at);
    writeInt32(end - at - lengthBytes, bytes, at);
    return end;
  }

  private mostBytes(values: readonly (string | null)[]): number {
    let most = this.aroundCells;
    for (const { slot } of this.columns) most += (values[slot]?.length ?? 0) * unitBytes;
    for (const slot of this.target.more)
      if (slot !== null) most += (values[slot]?.length ?? 0) * jsonUnitBytes;
    return most;
  }

  private grow(small: Buffer, by: number): Buffer {
    const larger = Buffer.allocUnsafeSlow(Math.max(small.length * 2, this.used + by));
    small.copy(larger, 0, 0, this.used);
    this.pool.give(small);
    this.bytes = larger;
    return larger;
  }
}

/** Writes a text that is ASCII. @returns where writing goes on; -1 when it is not, and nothing counts of what was written */
function writeShort(text: string, bytes: Buffer, at: number): number {
  const { length } = text;
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return -1;
    bytes[at + i] = unit;
  }
  return at + length;
}

function writeField(text: string, bytes: Buffer, at: number): number {
  const start = at + lengthBytes;
  let end = text.length > shortText ? -1 : writeShort(text, bytes, start);
  if (end < 0) end = start + bytes.write(text, start, 'utf8');
  writeInt32(end - start, bytes, at);
  return end;
}

function writeJsonb(json: string, bytes: Buffer, at: number): number {
  const start = at + lengthBytes;
  bytes[start] = jsonbVersion;
  const end = start + 1 + bytes.write(json, start + 1, 'utf8');
  writeInt32(end - start, bytes, at);
  return end;
}
