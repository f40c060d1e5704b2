import { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { storedMapping, storedReasons } from '@/lib/shared/schema/import/stored-import';
import type { CausesView } from '@/lib/shared/schema/review/cause';
import { CauseCount, type StoredCause, storedCause } from '../rejections/cause-count';
import { chunksOf, keptRejections } from '../rejections/chunks';
import { findWithFile } from '../source/assert-file-kept';
import { CauseValues } from './cause-values';
import { suggestFixes } from './fixes/suggest-fixes';

/** A file can be wrong in as many ways as it has columns; nobody reads more than this. */
export const causesShown = 100;
/** A page of them is in memory at a time: each may have a hundred reasons. */
const pageRows = 500;

/**
 * Why rows were rejected, counted over the whole file, with what would help. However many rows there are, ten thousand
 * are looked at here; the others were counted when they were put away.
 * @throws AppError `not-found`, `gone`
 */
export async function listCauses(id: string, user: User): Promise<CausesView> {
  const record = await findWithFile(id, user);
  const count = new CauseCount();
  const values = new CauseValues();
  const looked = { rows: 0, last: 0 };
  for (let page = pageRows; page === pageRows && looked.rows < keptRejections; ) {
    const found = await db().rejection.findMany({
      where: { importId: record.id, rowNumber: { gt: looked.last } },
      orderBy: { rowNumber: 'asc' },
      take: pageRows,
      select: { rowNumber: true, reasons: true },
    });
    for (const row of found) {
      const reasons = storedReasons.parse(row.reasons);
      count.add(row.rowNumber, reasons);
      values.add(reasons);
      looked.last = row.rowNumber;
    }
    page = found.length;
    looked.rows += page;
  }
  for (const cause of await beyond(record.id, looked)) count.merge(cause);
  for (const { causes } of await chunksOf(record.id))
    for (const cause of z.array(storedCause).parse(causes)) count.merge(cause);
  const mapping = record.mapping === null ? [] : storedMapping.parse(record.mapping);
  const causes = count
    .causes()
    .slice(0, causesShown)
    .map((cause) => ({
      ...cause,
      fixes:
        record.status === 'REVIEW'
          ? suggestFixes(
              cause,
              mapping.find(({ name }) => name === cause.column),
              values.of(cause),
            )
          : [],
    }));
  return { causes, examined: looked.rows };
}

/** Causes of the rows that the database found out itself, of which it may hold more than are looked at. */
async function beyond(importId: number, looked: { rows: number; last: number }): Promise<StoredCause[]> {
  if (looked.rows < keptRejections) return [];
  const found = await db().$queryRaw<{ column: string | null; code: string; reason: string; rows: number }[]>`
    select x->>'column' as column, x->>'code' as code, min(x->>'reason') as reason, count(*)::int as rows
    from "Rejection", jsonb_array_elements(reasons) x
    where "importId" = ${importId} and "rowNumber" > ${looked.last} group by 1, 2`;
  return found.map((cause) => ({ ...cause, examples: [] }));
}
