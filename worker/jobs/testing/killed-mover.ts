import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { openStatementTap } from './statement-tap';

/** The statements after which a process is killed, in the order in which it sends them. */
export interface Moment {
  /** A part of each statement, and how often it is to be sent; once where it does not say. */
  statements: (string | [part: string, times: number])[];
  /** The last of them does not arrive any more. Otherwise PostgreSQL goes on with it by itself. */
  isHeldBack?: boolean;
}

/** Processes that move rows, one after the other. */
export interface Movers {
  /** Has one work until it is killed at a moment. @returns whether it came so far; otherwise it did all that there was to do */
  killAt(moment: Moment): Promise<boolean>;
  /** Has one do the rest. */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Starts movers of a database. The next one starts while one works: starting takes longer than the work. */
export async function openMovers(databaseUrl: string): Promise<Movers> {
  let hear: (piece: string) => boolean = () => true;
  const tap = await openStatementTap(databaseUrl, (piece) => hear(piece));
  const start = () => startMover(tap.url);
  let next = start();
  async function run(mover: ChildProcess): Promise<string | number | null> {
    const exited = once(mover, 'exit');
    mover.send('begin');
    const [code, signal] = await exited;
    return signal ?? code;
  }
  async function take(): Promise<ChildProcess> {
    const mover = await next;
    next = start();
    return mover;
  }
  return {
    async killAt({ statements, isHeldBack = false }) {
      const mover = await take();
      const ahead = statements.flatMap((part) =>
        typeof part === 'string' ? [part] : Array.from({ length: part[1] }, () => part[0]),
      );
      hear = (piece) => {
        if (ahead[0] === undefined || !piece.includes(ahead[0])) return ahead.length > 0;
        ahead.shift();
        if (ahead.length > 0) return true;
        mover.kill('SIGKILL');
        return !isHeldBack;
      };
      const end = await run(mover);
      if (end === 'SIGKILL') return true;
      if (end !== 0) throw new Error(`A process that moves rows ended with ${end}.`);
      return false;
    },
    async finish() {
      hear = () => true;
      const end = await run(await take());
      if (end !== 0) throw new Error(`A process that moves rows ended with ${end}.`);
    },
    async close() {
      const idle = await next;
      idle.kill('SIGKILL');
      await once(idle, 'exit');
      await tap.close();
    },
  };
}

async function startMover(databaseUrl: string): Promise<ChildProcess> {
  const mover = fork('worker/jobs/testing/mover.ts', {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'error' },
  });
  await once(mover, 'message');
  return mover;
}
