import { env } from '@/lib/env';
import { copyWriter } from '@/lib/rows/copy-writer';
import { createManyWriter } from '@/lib/rows/create-many-writer';
import type { RowWriter } from '@/lib/rows/row-writer';

/** The writer of rows that this database takes. */
export function configuredWriter(): RowWriter {
  return env().ROW_WRITER === 'copy' ? copyWriter : createManyWriter;
}
