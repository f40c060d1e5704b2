import { prepareQueue } from '@/lib/server/platform/queue/boss';
import { deploy } from './migrate';

/**
 * Brings a database up to date: Prisma's migrations, then the queue's own tables and queues.
 * @returns the names of the migrations applied now
 */
export async function prepareDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await deploy(databaseUrl);
  await prepareQueue(databaseUrl);
  return applied;
}
