import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { pauseBefore, wellAfterMs } from './pauses';

export interface SupervisedProcessOptions {
  /** As a sentence names it: “The worker”. */
  name: string;
  start(): ChildProcess;
  /** Told of every process that is started, and of what became of the one before. */
  onStart?(child: ChildProcess): void;
  say(sentence: string): void;
}

/** A process that is restarted whenever it exits on its own, with growing pauses while it keeps failing. */
export class SupervisedProcess {
  private child: ChildProcess;
  private stopping = false;
  private startedAt = 0;
  private endings = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly ending = Promise.withResolvers<string>();
  /** Resolves with a sentence when it ends by itself for the first time. */
  readonly ended = this.ending.promise;

  constructor(private readonly options: SupervisedProcessOptions) {
    this.child = this.start();
  }

  /** The process that runs now, or ran last. */
  get process(): ChildProcess {
    return this.child;
  }

  /** SIGTERM, and SIGKILL if it does not go within 25 s. It is not started again. */
  async stop(): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 25_000);
    await exited;
    clearTimeout(late);
  }

  private start(): ChildProcess {
    const child = this.options.start();
    this.startedAt = Date.now();
    child.once('exit', (code, signal) => this.startAgain(signal ?? `exit code ${code}`));
    child.once('error', (error) => child.pid === undefined && this.startAgain(error.message));
    this.options.onStart?.(child);
    return child;
  }

  private startAgain(how: string): void {
    if (this.stopping) return;
    this.ending.resolve(`${this.options.name} stopped (${how}).`);
    if (Date.now() - this.startedAt > wellAfterMs) this.endings = 0;
    const pause = pauseBefore(this.endings);
    this.endings += 1;
    this.options.say(
      `${this.options.name} stopped (${how}). It is started again${pause >= 1_000 ? ` in ${pause / 1_000} s` : ''}.`,
    );
    this.timer = setTimeout(() => {
      this.child = this.start();
    }, pause);
  }
}
