import { db, type Transaction } from '@/lib/server/platform/db/client';
import { isDistributed } from '@/lib/server/platform/db/cluster/cluster';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';

/** How PostgreSQL shows the sessions in which an attempt writes (pg_stat_activity). */
const sessionName = (importId: number, attempt: number | '%') =>
  `sluice import ${importId} attempt ${attempt}`;

/**
 * Settings of a segment's transaction. Its name, so that a later attempt can end it. No waiting for the disk, which is
 * safe here since publishing commits synchronously and that flushes everything before it; but where rows are on another
 * server than checkpoints, a crash would take back only one of them. And no endless waiting for rows of an earlier
 * attempt, should one have slipped through {@link endEarlierSessions}: the retry ends that one.
 */
export async function prepareSession(tx: Transaction, importId: number, attempt: number): Promise<void> {
  await tx.$executeRaw`
    select set_config('application_name', ${sessionName(importId, attempt)}, true),
           set_config('synchronous_commit', ${isDistributed() ? 'on' : 'off'}, true),
           set_config('lock_timeout', '60s', true)`;
}

/**
 * Ends the transactions of earlier attempts. A worker that stands still or was cut off from the network keeps its
 * uncommitted rows locked, for ever if need be, and the same rows of this attempt would wait for it; if it was about
 * to commit, the import itself is locked as well, and no attempt could even begin.
 * @param attempt the one that goes on; null: there is none yet
 */
export async function endEarlierSessions(importId: number, attempt: number | null): Promise<void> {
  try {
    await db().$executeRaw`
      select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database()
        and application_name like ${sessionName(importId, '%')}
        and application_name <> ${attempt === null ? '' : sessionName(importId, attempt)}`;
  } catch (error) {
    // A database that does not let its users do that: earlier attempts end by themselves, only later.
    log().warn({ importId, err: messageOf(error) }, 'earlier attempts could not be ended');
  }
}
