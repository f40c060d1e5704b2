import { visibleImports } from '@/lib/server/datasets/rights';
import { db, type Prisma } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import type { ImportStatusName } from '@/lib/shared/schema/import/import';
import type { SameFile } from '@/lib/shared/schema/import/import-details';
import { type FoundImport, viewed } from '../view';

/**
 * The latest other import of the same bytes that the person may see: one that is in its dataset, or else on its way there.
 * Two files of one size with the same ETag are the same: a single PUT's is made of the content, and a multipart
 * upload's of the parts, whose size follows from the file's. Where a store makes ETags of something else (encryption
 * with its own keys), and after a change of the size of parts, SHA-256 tells once the worker read the file.
 */
export async function findSameFile(record: FoundImport, user: User): Promise<SameFile | null> {
  const { etag } = await db().upload.findUniqueOrThrow({ where: { objectKey: record.objectKey } });
  const same: Prisma.ImportWhereInput[] = [
    ...(etag === null ? [] : [{ upload: { etag } }]),
    ...(record.sha256 === null ? [] : [{ sha256: record.sha256 }]),
  ];
  if (same.length === 0 || record.status === 'FAILED' || record.status === 'CANCELLED') return null;
  const latest = (wanted: Prisma.ImportWhereInput) =>
    db().import.findFirst({
      where: {
        AND: [visibleImports(user), { OR: same }, before(record), wanted],
        fileSize: record.fileSize,
        id: { not: record.id },
      },
      orderBy: { queuedAt: 'desc' },
      include: viewed,
    });
  const found = (await latest({ status: 'COMPLETED' })) ?? (await latest({}));
  if (!found) return null;
  const { publicId, status, fileName, dataset } = found;
  return {
    id: publicId,
    status,
    fileName,
    user: found.user,
    dataset: dataset && { slug: dataset.slug, name: dataset.name },
    at: (found.finishedAt ?? found.queuedAt ?? found.createdAt).toISOString(),
  };
}

/** Its rows are in the dataset, or will be unless something goes wrong. */
const counting: ImportStatusName[] = ['QUEUED', 'STAGING', 'REVIEW', 'PUBLISHING', 'COMPLETED'];

/** Those that were started before this one was; for one that still waits for its start, all that were. */
function before(record: FoundImport): Prisma.ImportWhereInput {
  const status = { in: counting };
  return record.queuedAt ? { status, queuedAt: { lt: record.queuedAt } } : { status };
}
