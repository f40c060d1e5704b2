import { z } from 'zod';
import type { User } from '../auth/require-user';
import { findDataset } from '../datasets/find-dataset';
import type { Download } from '../http';
import { csvRecord, escapeFormula } from '../rows/export/csv-cells';
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
