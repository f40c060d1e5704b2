import { z } from 'zod';
import { largestInteger } from '@/lib/shared/largest-integer';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { visibleImports } from '../datasets/rights';
import { containing } from '../platform/db/by-name';
import { db } from '../platform/db/client';
import { ImportStatus } from '../platform/db/generated/enums';
import type { User } from '../platform/user';
import { importView, large, viewed } from './view';

/** Of Postgres’ integer. */

export const listImportsQuery = z.object({
  status: z.enum(ImportStatus).optional(),
  /** Part of the file's or the dataset's name. */
  q: z.string().trim().max(200).optional(),
  dataset: z.uuid().optional(),
  before: z.coerce.number().int().positive().max(largestInteger).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** The history, newest first. @returns and what to pass as `before` for the next page, or null */
export async function listImports(
  query: z.infer<typeof listImportsQuery>,
  user: User,
): Promise<{ imports: ImportView[]; next: number | null }> {
  const contains = containing(query.q ?? '');
  const found = await db().import.findMany({
    where: {
      AND: [
        visibleImports(user),
        query.q ? { OR: [{ fileName: contains }, { dataset: { name: contains } }] } : {},
      ],
      ...(query.status ? { status: query.status } : {}),
      ...(query.dataset ? { datasetId: query.dataset } : {}),
      ...(query.before ? { id: { lt: query.before } } : {}),
    },
    orderBy: { id: 'desc' },
    take: query.limit,
    include: viewed,
    omit: large,
  });
  const last = found.length === query.limit ? found.at(-1) : undefined;
  return { imports: found.map(importView), next: last?.id ?? null };
}
