import { saysNothing } from '@/lib/shared/schema/column-rules';
import type { MappedColumn } from '@/lib/shared/schema/stored-import';
import type { CsvLayout } from '@/worker/read/source/types';
import { isFastType } from './write-checked';

/** Bytes that mean something to the fast path or to its reader before they could be a delimiter. */
const taken = ['"', '\n', '\r', '\0'];

/**
 * Whether the fast path can take this file at all: UTF-8 as it lies, cut by one ASCII character, with quotes as
 * RFC 4180 has them or none. What it meets inside such a file it decides record by record.
 */
export function canUseFastPath(layout: CsvLayout, mapping: MappedColumn[]): boolean {
  const { delimiter, quote } = layout;
  const slots = new Set(mapping.map(({ slot }) => slot));
  return (
    layout.encoding === 'utf-8' &&
    layout.compression === null &&
    layout.comment === null &&
    !layout.collapse &&
    !layout.framed &&
    !layout.records &&
    layout.newline !== '\r' &&
    delimiter.length === 1 &&
    delimiter < '\x80' &&
    !taken.includes(delimiter) &&
    (quote === null || quote === '"') &&
    layout.escape === quote &&
    mapping.length > 0 &&
    slots.size === mapping.length &&
    mapping.every(takesColumn)
  );
}

/** Rules are all the same to it; of formats, which say how cells are spelled, it knows none. */
function takesColumn({ type, format }: MappedColumn): boolean {
  return isFastType(type) && saysNothing(format);
}
