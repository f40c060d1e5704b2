import { readWorkers } from '../platform/health/read-health';
import { workersAlive } from '../platform/queue/boss';
import { type Finding, fail, ok } from './finding';

/** Whether a worker gives signs of life. */
export async function checkWorkers(): Promise<Finding[]> {
  const workers = await workersAlive();
  if (workers.length === 0) {
    const { silent, seenSecondsAgo } = await readWorkers();
    const since =
      seenSecondsAgo === null ? 'none was ever here' : `none gave a sign of life for ${seenSecondsAgo} s`;
    return [
      fail(
        'Workers',
        `${since}, so imports wait.`,
        silent > 0
          ? 'It was frozen, cut off or killed without a word: look at its process, and start it again (npm run worker).'
          : 'Start one: npm run worker',
      ),
    ];
  }
  return workers.map(({ host, pid, secondsAgo }) =>
    ok('Worker', `process ${pid} on ${host}, last sign of life ${secondsAgo} s ago.`),
  );
}
