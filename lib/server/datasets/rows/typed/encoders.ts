import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import { date, dateTime, time } from './moments';
import { decimal, integer } from './numbers';
import type { CellEncoder } from './types';

const T = 't'.charCodeAt(0);

const truth: CellEncoder = {
  write(bytes, from, _to, out, at) {
    out[at] = bytes[from] === T ? 1 : 0;
    return at + 1;
  },
  prints: null,
};

/** How cells become values of their SQL type; null for those whose value is their text. */
export const cellEncoders: Record<ColumnType, CellEncoder | null> = {
  INTEGER: integer,
  DECIMAL: decimal,
  BOOLEAN: truth,
  DATE: date,
  TIME: time,
  DATETIME: dateTime,
  TEXT: null,
  EMAIL: null,
  URL: null,
  CHOICE: null,
  JSON: null,
};
