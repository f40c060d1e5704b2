import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isDiskFull } from '@/lib/server/platform/full-disk';
import { MiB } from '@/lib/shared/bytes';
import { pauseBefore, wellAfterMs } from '../processes/pauses';
import type { RunsAs } from './program';

export interface ServerOptions {
  program: string;
  /** The cluster's folder. */
  place: string;
  as: RunsAs;
  /** Settings of the command line. */
  settings: Record<string, string>;
  logFile: string;
  /** Whether the server takes statements. */
  answers(): Promise<boolean>;
  /** Told what became of the server, in sentences for whoever runs Sluice. */
  say(sentence: string): void;
}

/** The log of before is kept once. */
const maxLogBytes = 10 * MiB;

/** The command line of a process, or null when there is none of this id. */
async function commandOf(pid: number): Promise<string | null> {
  const fromProc = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (fromProc !== null) return fromProc.replaceAll('\0', ' ');
  if (existsSync('/proc/self')) return null;
  const ps = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => null);
  return ps?.stdout ?? null;
}

/**
 * A server that outlived the process that started it (a crash, a kill -9) is asked to stop, quickly and cleanly;
 * one that does not is stopped at once, and recovers when it starts. Process ids are given out again: what runs
 * under the noted one is only touched when it is a server of this folder.
 */
export async function stopLeftover(place: string): Promise<void> {
  const file = join(place, 'postmaster.pid');
  if (!existsSync(file)) return;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  const isThere = async () => pid > 0 && ((await commandOf(pid))?.includes(place) ?? false);
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!(await isThere())) break;
    process.kill(pid, signal);
    for (let i = 0; i < 100 && (await isThere()); i++) await sleep(100);
  }
  if (await isThere()) {
    throw new Error(`An earlier database of ${place} does not stop. End process ${pid} and start again.`);
  }
  await rm(file, { force: true });
}

/**
 * The server's process. When it ends by itself it is started again, after growing pauses, and on a full disk as soon
 * as there is room: a database that cannot write its journal ends, and does not come back on its own.
 */
export class ServerProcess {
  private child: ChildProcess | undefined;
  private stopping = false;
  private startedAt = 0;
  /** How often in a row it ended soon after its start, or did not start. */
  private endings = 0;

  constructor(private readonly options: ServerOptions) {}

  /** Starts the server. @throws Error with a sentence when it ends instead of answering */
  async start(): Promise<void> {
    const { program, place, as, settings, logFile, answers } = this.options;
    await stopLeftover(place);
    const from = await openLog(logFile);
    const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    try {
      // It writes to the log itself, so that what it says last, and what it says to nobody any more, is there too.
      this.child = spawn(program, ['-D', place, ...args], {
        ...as,
        stdio: ['ignore', from.file.fd, from.file.fd],
      });
    } finally {
      await from.file.close();
    }
    const { child } = this;
    this.startedAt = Date.now();
    let ended = false;
    child.once('error', () => (ended = true));
    child.once('exit', () => (ended = true));
    while (!ended && !(await answers())) await sleep(100);
    if (!ended) {
      child.once('exit', (code, signal) => void this.goOn(signal ?? `exit code ${code}`));
      return;
    }
    const said = await readFrom(logFile, from.size);
    if ((await isDiskFull(place)) || /No space left on device/.test(said))
      throw new Error(
        `The disk that ${place} is on is full, so the embedded database cannot start. Free some space.`,
      );
    throw new Error(
      `The embedded database in ${place} did not start:\n${said}\nIf its folder was damaged, move it away and start again.`,
    );
  }

  /** Stops the server as a power cut would, and waits until it answers again. */
  async crash(): Promise<void> {
    this.child?.kill('SIGQUIT');
    if (this.child) await once(this.child, 'exit');
    while (!(await this.options.answers())) await sleep(30);
  }

  /** Quickly and cleanly; at once if that takes longer than 20 s. */
  async stop(): Promise<void> {
    this.stopping = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGINT');
    const late = setTimeout(() => child.kill('SIGQUIT'), 20_000);
    await exited;
    clearTimeout(late);
  }

  /** After the server ended by itself: starts it until it runs. */
  private async goOn(how: string): Promise<void> {
    const { say } = this.options;
    if (this.stopping) return;
    say(`The embedded database stopped (${how}). It is started again.`);
    if (Date.now() - this.startedAt > wellAfterMs) this.endings = 0;
    for (; !this.stopping; this.endings++) {
      await sleep(pauseBefore(this.endings));
      await this.waitForRoom();
      if (this.stopping) return;
      const problem = await this.start().then(
        () => null,
        (error: unknown) => (error instanceof Error ? error.message : String(error)),
      );
      if (problem === null) {
        say('The embedded database is running again.');
        this.endings++;
        // Asked to stop while it was starting.
        if (this.stopping) await this.stop();
        return;
      }
      say(problem);
    }
  }

  private async waitForRoom(): Promise<void> {
    const { place, say } = this.options;
    if (!(await isDiskFull(place))) return;
    say(
      `The disk that ${place} is on is full. Free some space: the embedded database then starts by itself.`,
    );
    while (!this.stopping && (await isDiskFull(place))) await sleep(500);
  }
}

async function openLog(path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > maxLogBytes) await rename(path, `${path}.old`);
  const file = await open(path, 'a', 0o600);
  await file.chmod(0o600);
  return { file, size: size > maxLogBytes ? 0 : size };
}

/** What a log says from there on; its last 4 KB. */
async function readFrom(path: string, start: number): Promise<string> {
  const whole = await readFile(path);
  return whole
    .subarray(Math.max(start, whole.length - 4_096))
    .toString('utf8')
    .trim();
}
