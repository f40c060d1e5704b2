import { visibleImports } from '@/lib/server/datasets/rights';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';

/** What the file of an import is called that a person may not see. */
export const fileOfAnother = 'somebody else’s file';

/** The names of imports’ files, as far as the person may see these imports. */
export async function fileNames(ids: number[], user: User): Promise<Map<number, string>> {
  const found = await db().import.findMany({
    where: { id: { in: ids }, AND: [visibleImports(user)] },
    select: { id: true, fileName: true },
  });
  return new Map(found.map(({ id, fileName }) => [id, fileName]));
}
