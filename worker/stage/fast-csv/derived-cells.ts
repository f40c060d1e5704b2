import { KiB } from '@/lib/shared/bytes';
import {
  type CompiledTransform,
  compileTransform,
  mostMade,
  sourcesOf,
} from '@/lib/shared/columns/transform/compile-transform';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { isBlankBytes } from './blank-bytes';
import type { RecordCells } from './record-cells';
import { cellText, spelling } from './scan-record';
import { addedBytes, type ByteStep, byteStep } from './step-bytes';
import { copyBytes, copyUndoubled } from './write-text';

/** The most bytes that one unit of a JavaScript string becomes in UTF-8. */
const longestUnit = 3;
/** A longer value is made as text, which has a limit. */
const longestValue = 1_000_000;
/** Up to this length, a text that may be ASCII is written character by character, which is faster than a call. */
const shortText = 32;

interface DerivedColumn {
  /** Positions of the cells that it is made of. */
  sources: number[];
  transform: CompiledTransform;
  /** What stands between its cells. */
  separator: Buffer;
  /** What it always begins with, where it is made of no cells. */
  value: Buffer;
  /** The steps on bytes. */
  steps: ByteStep[];
  /** Bytes that it may have beyond its cells. */
  added: number;
}

/**
 * The cells of a record that columns make of others, as bytes. Steps are done to bytes where
 * these are common characters; elsewhere a value is made as text, and no other of the record.
 */
export class DerivedCells implements RecordCells {
  bytes = Buffer.alloc(4 * KiB);
  /** How many of them are taken. */
  size = 0;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Quotes are not doubled here. */
  readonly spelled: Uint8Array;
  readonly count: number;
  /** By position in the file: the texts that a column at hand is made of. */
  private readonly texts: string[] = [];

  private constructor(private readonly columns: DerivedColumn[]) {
    this.count = columns.length;
    this.from = new Int32Array(this.count);
    this.to = new Int32Array(this.count);
    this.spelled = new Uint8Array(this.count);
  }

  /** @returns those of a mapping, and the place among them of each column that is one; null where there are none */
  static of(mapping: MappedColumn[]): { cells: DerivedCells; places: Map<MappedColumn, number> } | null {
    const found = mapping.flatMap((column) => {
      const transform = compileTransform(column);
      return transform === null ? [] : { column, derived: derivedColumn(column, transform) };
    });
    if (found.length === 0) return null;
    return {
      cells: new DerivedCells(found.map(({ derived }) => derived)),
      places: new Map(found.map(({ column }, place) => [column, place])),
    };
  }

  /** Makes them of a record. @returns false where a step rejects a value: then the checks say what is wrong */
  make(bytes: Buffer, record: RecordCells): boolean {
    const { columns } = this;
    this.size = 0;
    for (let place = 0; place < columns.length; place++) {
      const column = columns[place];
      if (column === undefined) continue;
      this.from[place] = this.size;
      const end = this.makeOfBytes(bytes, record, column);
      if (end >= 0) this.size = end;
      else if (!this.makeOfText(bytes, record, column)) return false;
      this.to[place] = this.size;
      // No more than the texts may have, whatever their characters.
      if (this.size > mostMade) return false;
    }
    return true;
  }

  cells(bytes: Buffer): string[] {
    return Array.from({ length: this.count }, (_, place) => cellText(bytes, this, place));
  }

  /** @returns where the value ends; -1 when it takes text */
  private makeOfBytes(bytes: Buffer, record: RecordCells, column: DerivedColumn): number {
    const { sources, steps, separator, value, added } = column;
    let length = added;
    for (let i = 0; i < sources.length; i++) length += lengthOf(record, sources[i] ?? 0);
    this.reserve(length);
    const { bytes: out, size } = this;
    let end = copyBytes(value, 0, value.length, out, size);
    for (let i = 0; i < sources.length; i++) {
      const index = sources[i] ?? 0;
      if (lengthOf(record, index) === 0) continue;
      const from = record.from[index] ?? 0;
      const to = record.to[index] ?? 0;
      if (sources.length > 1 && isBlankBytes(bytes, from, to)) continue;
      if (end > size) end = copyBytes(separator, 0, separator.length, out, end);
      const isDoubled = ((record.spelled[index] ?? 0) & spelling.doubled) !== 0;
      end = isDoubled ? copyUndoubled(bytes, from, to, out, end) : copyBytes(bytes, from, to, out, end);
    }
    for (let i = 0; i < steps.length && end >= 0; i++) end = steps[i]?.(out, size, end) ?? -1;
    // No longer than the text may be, whatever its characters.
    return end - size > longestValue ? -1 : end;
  }

  private makeOfText(bytes: Buffer, record: RecordCells, { sources, transform }: DerivedColumn): boolean {
    const { texts } = this;
    for (const index of sources) texts[index] = index < record.count ? cellText(bytes, record, index) : '';
    const value = transform(texts);
    if (typeof value !== 'string') return false;
    this.write(value);
    return true;
  }

  private write(text: string): void {
    const { length } = text;
    this.reserve(length * longestUnit);
    const { bytes, size } = this;
    if (length <= shortText) {
      let i = 0;
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit > 0x7f) break;
        bytes[size + i] = unit;
      }
      if (i === length) {
        this.size += length;
        return;
      }
    }
    this.size += bytes.write(text, size, 'utf8');
  }

  private reserve(size: number): void {
    if (this.size + size <= this.bytes.length) return;
    const larger = Buffer.alloc(2 * (this.size + size));
    this.bytes.copy(larger, 0, 0, this.size);
    this.bytes = larger;
  }
}

/** Bytes of a cell; none where a record has fewer cells. */
const lengthOf = (record: RecordCells, index: number): number =>
  index < record.count ? (record.to[index] ?? 0) - (record.from[index] ?? 0) : 0;

function derivedColumn(column: MappedColumn, transform: CompiledTransform): DerivedColumn {
  const sources = sourcesOf(column);
  const { from, steps = [] } = column.transform ?? {};
  const separator = Buffer.from(from?.kind === 'COLUMNS' ? from.separator : '');
  const value = Buffer.from(from?.kind === 'VALUE' ? from.value : '');
  return {
    sources,
    transform,
    separator,
    value,
    steps: steps.map(byteStep),
    added: steps.reduce(
      (sum, step) => sum + addedBytes(step),
      value.length + separator.length * sources.length,
    ),
  };
}
