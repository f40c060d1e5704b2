import type { z } from 'zod';
import { recordEvent } from '@/lib/server/audit/record-event';
import { findDataset } from '@/lib/server/datasets/find-dataset';
import { db } from '@/lib/server/platform/db/client';
import type { Download } from '@/lib/server/platform/download';
import type { User } from '@/lib/server/platform/user';
import { type exportQuery, exportRows } from './export-rows';

/** A dataset's current rows as a file, which is noted before the first of them leaves. @throws AppError `not-found` */
export async function exportDataset(
  slug: string,
  query: z.output<typeof exportQuery>,
  user: User,
): Promise<Download> {
  const dataset = await findDataset(slug, user);
  const { format } = query;
  await recordEvent(db(), { kind: 'ROWS_EXPORTED', by: user, on: dataset, dataset, facts: { format } });
  const type = format === 'csv' ? 'text/csv' : 'application/json';
  return { fileName: `${dataset.slug}.${format}`, type, pieces: exportRows(dataset, query) };
}
