import { MiB } from '@/lib/shared/bytes';
import type { Markup } from '../values/text';

/** What stands before the table is some kilobytes, the widths of 16,384 columns included. */
const maxPrologue = 4 * MiB;

const plainRoot = /^\s*(?:<\?xml[^>]*\?>)?\s*<worksheet[\s>]/;

/** Widths of columns and what else is said of them (18.3.1.13). */
const columnStart = /<col\s/g;
const plainColumn = /<col((?:\s+[\w:]+="[^"<]*")*)\s*\/?>/g;

/** What stands in a sheet before its rows. */
export interface Prologue {
  /** Where the rows begin. */
  end: number;
  /** There are none. */
  isEmpty: boolean;
  /** The tags that say what columns are like. */
  columns: Markup[];
}

/**
 * Reads a sheet up to its rows.
 * @returns `more` markup is needed; `unusual`: the strict parser has to read it
 */
export function readPrologue(text: Markup): Prologue | 'more' | 'unusual' {
  const found = text.indexOf('<sheetData');
  const end = found < 0 ? -1 : text.indexOf('>', found);
  if (end < 0) return text.length > maxPrologue ? 'unusual' : 'more';
  const head = text.slice(0, found);
  if (!plainRoot.test(head) || head.includes('<!') || head.lastIndexOf('<?') > 0) return 'unusual';
  const tag = text.slice(found, end + 1);
  if (tag !== '<sheetData/>' && tag !== '<sheetData>') return 'unusual';
  const columns = [...head.matchAll(plainColumn)].map(([column]) => column);
  if (columns.length !== (head.match(columnStart)?.length ?? 0)) return 'unusual';
  return { end: end + 1, isEmpty: tag === '<sheetData/>', columns };
}
