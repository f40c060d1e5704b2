import { z } from 'zod';
import { visibleImports } from '@/lib/server/datasets/rights';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { isRejectionsFile, ownColumns } from '@/lib/shared/schema/file/own-columns';
import type { CorrectedImport } from '@/lib/shared/schema/import/import-details';
import type { StoredInspection } from '@/lib/shared/schema/import/stored-import';

/**
 * The import whose rejected rows a file brings again, told by the columns that Sluice put into the download. Null for
 * every other file, and for an import that the person may not see.
 */
export async function findCorrected(
  { columns, sample }: StoredInspection,
  user: User,
): Promise<CorrectedImport | null> {
  if (!isRejectionsFile(columns)) return null;
  const at = columns.findIndex(({ name }) => name === ownColumns.import);
  // A row that somebody added by hand has no import.
  const [publicId] = sample.flatMap(({ cells }) => z.uuid().safeParse(cells[at]?.trim()).data ?? []);
  if (publicId === undefined) return null;
  const found = await db().import.findFirst({
    where: { publicId, ...visibleImports(user) },
    select: {
      publicId: true,
      fileName: true,
      status: true,
      dataset: { select: { id: true, slug: true, name: true } },
    },
  });
  return (
    found && { id: found.publicId, fileName: found.fileName, status: found.status, dataset: found.dataset }
  );
}
