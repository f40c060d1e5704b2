import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { enqueue } from '@/lib/server/platform/queue/boss';
import type { User } from '@/lib/server/platform/user';
import type { CheckAnswer } from '@/lib/shared/schema/import/check';
import type { startImportInput } from '@/lib/shared/schema/import/start';
import { storedInspection } from '@/lib/shared/schema/import/stored-import';
import { findOwnImport } from '../find-import';
import { possibleColumns } from '../possible-columns';
import { checkedColumns } from './checked-columns';
import { readCheck } from './read-check';

/**
 * Has a job find out what would become of every row of the file, if the import were started with this input. What was
 * being checked before is given up; the same again changes nothing.
 * @throws AppError as starting it would; `conflict` when the import does not wait for that
 */
export async function requestCheck(
  id: string,
  input: z.output<typeof startImportInput>,
  user: User,
): Promise<CheckAnswer> {
  const record = await findOwnImport(id, user);
  if (record.status !== 'MAPPING') throw notWaiting();
  const inspection = storedInspection.parse(record.inspection);
  const columns = possibleColumns(input.columns, inspection);
  const mapping = await checkedColumns({ ...input, columns }, user);
  const options = { shortRows: input.shortRows };
  const hash = createHash('sha256')
    .update(JSON.stringify([record.inspections, mapping, options]))
    .digest('base64url');
  await db().$transaction(async (tx) => {
    // One at a time, and none once it was started: starting changes the same row.
    const [now] = await tx.$queryRaw<{ status: string; inspections: number }[]>`
      select "status", "inspections" from "Import" where "id" = ${record.id} for share`;
    if (now?.status !== 'MAPPING' || now.inspections !== record.inspections) throw notWaiting();
    const [made] = await tx.$queryRaw<{ version: number }[]>`
      insert into "Check" as c ("importId", "hash", "inspections", "mapping", "options", "updatedAt")
      values (${record.id}, ${hash}, ${record.inspections}, ${JSON.stringify(mapping)}::jsonb, ${JSON.stringify(options)}::jsonb, now())
      on conflict ("importId") do update set "hash" = excluded."hash", "inspections" = excluded."inspections", "mapping" = excluded."mapping",
        "options" = excluded."options", "version" = c."version" + 1, "attempt" = 0, "state" = 'WAITING',
        "figures" = null, "failureReason" = null, "failureMessage" = null, "updatedAt" = now()
      where c."hash" <> excluded."hash" or c."failureReason" in ('OUTAGE', 'INTERNAL')
      returning "version"`;
    if (made) await enqueue(tx, 'check', { importId: record.id, version: made.version }, record.userId);
  });
  return readCheck(id, user);
}

const notWaiting = () =>
  new AppError('conflict', 'The file is just being read, or the import was started or has ended.');
