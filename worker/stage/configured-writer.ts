import { copyWriter } from '@/lib/server/datasets/rows/copy-writer';
import { createManyWriter } from '@/lib/server/datasets/rows/create-many-writer';
import type { RowWriter } from '@/lib/server/datasets/rows/row-writer';
import { env } from '@/lib/server/platform/env';

/** The writer of rows that this database takes. */
export function configuredWriter(): RowWriter {
  return env().ROW_WRITER === 'copy' ? copyWriter : createManyWriter;
}
