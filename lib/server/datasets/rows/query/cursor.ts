import { z } from 'zod';
import { AppError } from '@/lib/server/platform/errors';
import { largestInteger } from '@/lib/shared/largest-integer';

/** Where a page of sorted rows ended: the last row, and what it was sorted by; null where that is empty. */
export interface SortedPlace {
  /** In which order: of the column in which slot, or of the imports, and which way. */
  order: string;
  key: string | null;
  importId: number;
  rowNumber: number;
}

const number = z.int().min(0).max(largestInteger);
const storable = (text: string) => !text.includes('\0') && text.isWellFormed();
const written = z.tuple([z.string(), z.string().max(4_000).refine(storable).nullable(), number, number]);

/** A place as a query string has it. */
export function writeCursor({ order, key, importId, rowNumber }: SortedPlace): string {
  return Buffer.from(JSON.stringify([order, key, importId, rowNumber])).toString('base64url');
}

/** @throws AppError `bad-request` for what is no place in this order */
export function parseCursor(text: string, order: string): SortedPlace {
  const found = written.safeParse(parseJson(Buffer.from(text, 'base64url').toString('utf8'))).data;
  if (!found || found[0] !== order)
    throw new AppError('bad-request', 'This is no place in the dataset, or one of another order.');
  const [, key, importId, rowNumber] = found;
  return { order, key, importId, rowNumber };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
