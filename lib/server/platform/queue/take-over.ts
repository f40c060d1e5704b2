import { db } from '../db/client';
import { messageOf } from '../errors';
import { log } from '../log';
import { beatSeconds } from './boss';
import type { JobName } from './jobs';

/**
 * From now on this worker's setting says when the job's worker is taken for dead. The job came with that of the web
 * server, on which nobody need set it.
 */
export async function beatAs(name: JobName, jobId: string, deadAfterSeconds: number): Promise<void> {
  await db().$executeRaw`
    update queue.job set heartbeat_seconds = ${deadAfterSeconds}, heartbeat_on = now()
    where name = ${name} and id = ${jobId}::uuid and state = 'active'`;
}

/**
 * Lets jobs of dead workers be taken up at once, until the signal. The queue holds them back as if they had failed,
 * twice as long each time: a file whose worker died for the fourth time waited 16 s more.
 */
export function keepTakingOver(signal: AbortSignal): void {
  const timer = setInterval(() => void takeOver(), beatSeconds * 1_000);
  timer.unref();
  signal.addEventListener('abort', () => clearInterval(timer), { once: true });
}

async function takeOver(): Promise<void> {
  try {
    await db().$executeRaw`
      update queue.job set start_after = now()
      where state = 'retry' and start_after > now() and output #>> '{value,message}' = 'job heartbeat timeout'`;
  } catch (error) {
    log().debug({ err: messageOf(error) }, 'jobs of dead workers could not be looked for');
  }
}
