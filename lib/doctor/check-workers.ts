import { workersAlive } from '../queue/boss';
import { type Finding, fail, ok } from './finding';

/** Whether a worker gives signs of life. */
export async function checkWorkers(): Promise<Finding[]> {
  const workers = await workersAlive();
  if (workers.length === 0) {
    return [
      fail('Workers', 'none gave a sign of life lately, so imports wait.', 'Start one: npm run worker'),
    ];
  }
  return workers.map(({ host, pid, secondsAgo }) =>
    ok('Worker', `process ${pid} on ${host}, last sign of life ${secondsAgo} s ago.`),
  );
}
