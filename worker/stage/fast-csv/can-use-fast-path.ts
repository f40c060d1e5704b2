import { saysNothing } from '@/lib/shared/schema/dataset/column-rules';
import type { MappedColumn } from '@/lib/shared/schema/import/stored-import';
import { isWrapped } from '@/worker/read/packed/inner-workbook';
import type { CsvLayout, Layout } from '@/worker/read/source/types';
import { isFastType } from './write-checked';

/** Bytes that mean something to the fast path or to its reader before they could be a delimiter. */
const taken = ['"', '\n', '\r', '\0'];

/**
 * Whether the rows of a file can be made from its bytes: plain text, or a workbook as it is, with columns that bytes tell
 * enough about.
 */
export function canUseFastPath(layout: Layout, mapping: MappedColumn[]): boolean {
  const slots = new Set(mapping.map(({ slot }) => slot));
  return (
    (layout.format === 'csv' ? isPlainText(layout) : !isWrapped(layout)) &&
    mapping.length > 0 &&
    slots.size === mapping.length &&
    mapping.every(takesColumn)
  );
}

/**
 * UTF-8 as it lies, cut by one ASCII character, with quotes as RFC 4180 has them or none. What it meets inside such a file
 * the fast path decides record by record.
 */
function isPlainText(layout: CsvLayout): boolean {
  const { delimiter, quote } = layout;
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
    layout.escape === quote
  );
}

/** Rules are all the same to it; of formats, which say how cells are spelled, it knows none. */
function takesColumn({ type, format }: MappedColumn): boolean {
  return isFastType(type) && saysNothing(format);
}
