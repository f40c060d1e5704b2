import { db } from '@/lib/server/platform/db/client';
import { env } from '@/lib/server/platform/env';

/** Whether each dataset is on one of the servers of a Citus cluster. */
export const isDistributed = (): boolean => env().DATABASE_DISTRIBUTED === 'citus';

/** What is wrong with how the database is distributed, and what to do about it. */
export interface ClusterProblem {
  said: string;
  todo: string;
}

/** Compares `DATABASE_DISTRIBUTED` with the database. @returns null where the two go together */
export async function findClusterProblem(): Promise<ClusterProblem | null> {
  const [found] = await db().$queryRaw<{ installed: boolean; able: boolean }[]>`
    select exists (select 1 from pg_extension where extname = 'citus') as installed,
      to_regprocedure('citus_schema_distribute(regnamespace)') is not null as able`;
  if (!isDistributed()) return found?.able ? findForgotten() : null;
  if (!found?.installed)
    return {
      said: 'DATABASE_DISTRIBUTED=citus, and the database has no extension “citus”.',
      todo: 'Run “create extension citus” on all its servers (docs/operate/scale.md), or take DATABASE_DISTRIBUTED out.',
    };
  if (!found.able)
    return {
      said: 'DATABASE_DISTRIBUTED=citus, and this Citus cannot give a schema to a server.',
      todo: 'Sluice needs Citus 12 or newer.',
    };
  return findMissingServers();
}

/** Workers of a cluster that do not know of it commit rows and checkpoints that a crash can take apart. */
async function findForgotten(): Promise<ClusterProblem | null> {
  const distributed = await db().$queryRaw<unknown[]>`
    select 1 from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
    where c.relname = 'rows' and c.relnamespace::regnamespace::text ~ '^ds_[0-9]+$' limit 1`;
  if (distributed.length === 0) return null;
  return {
    said: 'datasets are on servers of a Citus cluster, and DATABASE_DISTRIBUTED is not set.',
    todo: 'Set DATABASE_DISTRIBUTED=citus on every worker and on the release step.',
  };
}

async function findMissingServers(): Promise<ClusterProblem | null> {
  const [nodes] = await db().$queryRaw<{ coordinates: boolean; servers: number }[]>`
    select (select groupid = 0 from pg_dist_local_group) as coordinates,
      (select count(*)::int from pg_dist_node where isactive and shouldhaveshards and noderole = 'primary') as servers`;
  if (!nodes?.coordinates)
    return {
      said: 'DATABASE_URL leads to a worker of the Citus cluster.',
      todo: 'Set it to the coordinator’s address.',
    };
  if (nodes.servers > 0) return null;
  return {
    said: 'DATABASE_DISTRIBUTED=citus, and the cluster has no server that takes datasets.',
    todo: 'Add one on the coordinator: select citus_add_node(…) (docs/operate/scale.md).',
  };
}

/** @throws Error with a sentence where the database is not distributed as the environment says */
export async function assertCluster(): Promise<void> {
  const problem = await findClusterProblem();
  if (problem) throw new Error(`${problem.said} ${problem.todo}`);
}
