import { findClusterProblem, isDistributed } from '../platform/db/cluster/cluster';
import { type Finding, fail, ok } from './finding';

/** Whether DATABASE_DISTRIBUTED says what is so; nothing where the database is one server. */
export async function checkCluster(): Promise<Finding[]> {
  const problem = await findClusterProblem();
  if (problem) return [fail('Citus', problem.said, problem.todo)];
  return isDistributed() ? [ok('Citus', 'datasets go to the servers of the cluster.')] : [];
}
