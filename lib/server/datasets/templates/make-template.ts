import { z } from 'zod';
import type { Download } from '@/lib/server/platform/download';
import type { User } from '@/lib/server/platform/user';
import { csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import { findDataset } from '../find-dataset';
import { exampleRow } from './example-row';
import { writeWorkbook } from './write-workbook';

export const templateQuery = z.object({ format: z.enum(['csv', 'xlsx']).default('csv') });

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** A file for people to fill in: the dataset's headers, and a row as an example. @throws AppError `not-found` */
export async function makeTemplate(
  slug: string,
  { format }: z.infer<typeof templateQuery>,
  user: User,
): Promise<Download> {
  const { columns } = await findDataset(slug, user);
  const row = exampleRow(columns);
  const fileName = `${slug} template.${format}`;
  if (format === 'xlsx')
    return { fileName, type: workbookType, pieces: inOne(await writeWorkbook(columns, row)) };
  const headers = columns.map(({ name }) => escapeFormula(name));
  return { fileName, type: 'text/csv', pieces: inOne(csvRecord(headers) + (row ? csvRecord(row) : '')) };
}

async function* inOne<T>(piece: T): AsyncGenerator<T> {
  yield piece;
}
