import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { firstSlotInMore } from './cell-sql';

const found = z.array(z.object({ slot: z.number() }));

/**
 * The slots of columns that a dataset has and its table does not: one that somebody reads for long gets no new column
 * meanwhile.
 */
export async function lackingSlots(datasetId: string): Promise<Set<number>> {
  const lacking = await db().$queryRaw`
    select c."slot" from "Column" c
    where c."datasetId" = ${datasetId}::uuid and c."slot" < ${firstSlotInMore}::int
      and c."slot" not in (select t."slot" from "tableSlots"(${datasetId}::uuid) t)`;
  return new Set(found.parse(lacking).map(({ slot }) => slot));
}
