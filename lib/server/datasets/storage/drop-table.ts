import { db } from '@/lib/server/platform/db/client';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import { isOutage } from '@/lib/server/platform/outage';

/**
 * Drops the schema of a dataset that is deleted, with all its rows: the disk has their space again.
 * @returns false where somebody still reads it
 */
export async function dropTable(number: number): Promise<boolean> {
  try {
    await db().$transaction(async (tx) => {
      await tx.$executeRaw`select set_config('lock_timeout', '3s', true)`;
      await tx.$executeRaw`select "dropDatasetTable"(${number}::int)`;
    });
    return true;
  } catch (error) {
    if (!isOutage(error)) throw error;
    log().info({ number, err: messageOf(error) }, 'the table of a deleted dataset could not be dropped yet');
    return false;
  }
}
