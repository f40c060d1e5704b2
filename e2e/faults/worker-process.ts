import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { memoryVariables, workerLimits } from '@/lib/local/processes/process-limits';

/** A worker as production runs it: a process of its own, with the memory limits of package.json. */
export interface WorkerProcess {
  pid: number;
  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void;
  /** Resolves when it is gone. */
  exited: Promise<{ code: number | null; signal: string | null }>;
  /** Memory that it holds now, and the most it ever held, in MB. */
  memory(): { now: number; peak: number };
  /** What it logged. */
  log(): string;
}

/** Starts a worker; resolves when it takes jobs. @param ahead a command that runs it, such as `prlimit` */
export async function startWorker(
  environment: Record<string, string>,
  ahead: string[] = [],
): Promise<WorkerProcess> {
  const [command = '', ...args] = [...ahead, process.execPath, ...workerLimits, 'dist/worker.mjs'];
  const child = spawn(command, args, {
    env: {
      ...process.env,
      ...memoryVariables,
      NODE_OPTIONS: '',
      ...environment,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (piece: Buffer) => (log += piece.toString()));
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const early = exited.then(() => Promise.reject(new Error(`The worker did not start:\n${log}`)));
  early.catch(() => undefined);
  await Promise.race([once(child, 'message'), early]);
  const { pid } = child;
  if (pid === undefined) throw new Error('The worker has no process id.');
  return {
    pid,
    kill: (signal) => void child.kill(signal),
    exited,
    memory: () => {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const of = (name: string) =>
        Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
      return { now: of('VmRSS'), peak: of('VmHWM') };
    },
    log: () => log,
  };
}
