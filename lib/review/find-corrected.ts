import { z } from 'zod';
import type { User } from '../auth/require-user';
import { visibleImports } from '../datasets/rights';
import { db } from '../db/client';
import type { CorrectedImport } from '../imports/contract';
import type { StoredInspection } from '../imports/stored';
import { isRejectionsFile, ownColumns } from '../rejections/own-columns';

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
