import { findUserOrRemoved } from '@/lib/server/identity/users/find-user';
import { db } from '@/lib/server/platform/db/client';
import { holdingCorrections, holdingFiles } from '@/lib/server/platform/limits/upload-quota';
import type { PurgePreview } from '@/lib/shared/schema/user/deletion';
import { belongingTo, publishedElsewhere } from './belongings';

/** What would go with somebody. @throws AppError `not-found` */
export async function previewPurge(id: string): Promise<PurgePreview> {
  const { id: userId } = await findUserOrRemoved(id);
  const all = { ...belongingTo(userId), deletedAt: null };
  const [datasets, imports, together, elsewhere, rows, files, corrections, sessions, tokens] =
    await Promise.all([
      db().dataset.findMany({
        where: { ownerId: userId, deletedAt: null },
        orderBy: { name: 'asc' },
        select: { name: true, slug: true },
      }),
      db().import.count({ where: { userId, deletedAt: null } }),
      db().import.count({ where: all }),
      db().import.count({ where: publishedElsewhere(userId) }),
      db().import.aggregate({ where: all, _sum: { rowsInserted: true } }),
      db().import.aggregate({ where: { AND: [all, holdingFiles] }, _sum: { fileSize: true } }),
      db().correctionFile.aggregate({
        where: { AND: [holdingCorrections, { import: all }] },
        _sum: { fileSize: true },
      }),
      db().session.count({ where: { userId } }),
      db().apiToken.count({ where: { userId } }),
    ]);
  return {
    datasets,
    imports,
    importsOfOthers: together - imports,
    elsewhere,
    rows: rows._sum.rowsInserted ?? 0,
    bytes: Number(files._sum.fileSize ?? 0) + Number(corrections._sum.fileSize ?? 0),
    sessions,
    tokens,
  };
}
