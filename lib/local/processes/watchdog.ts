import { spawn } from 'node:child_process';

/** Waits for the end of its input, asks the process groups of its last line to end, and after 25 s makes them. */
const script = `
while read -r line; do groups=$line; done
[ "$groups" ] || exit 0
kill -TERM $groups 2>/dev/null
n=0
while [ $n -lt 25 ]; do
  alive=
  for group in $groups; do kill -0 "$group" 2>/dev/null && alive=yes; done
  [ $alive ] || exit 0
  sleep 1
  n=$((n + 1))
done
kill -KILL $groups 2>/dev/null`;

/**
 * Ends the processes when this one is gone without a word (kill -9, a crash): a shell's input ends when nobody is
 * left who could write it.
 */
export class Watchdog {
  private readonly groups = new Map<string, number>();
  private readonly shell = spawn('sh', ['-c', script, 'sluice-watchdog'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });

  constructor() {
    // A machine without a shell does without the watchdog.
    this.shell.on('error', () => undefined);
    this.shell.stdin.on('error', () => undefined);
    this.shell.unref();
  }

  /** Watches a process group in place of the one of this name before. */
  watch(name: string, pid: number | undefined): void {
    if (pid === undefined) return;
    this.groups.set(name, pid);
    const line = [...this.groups.values()].map((group) => `-${group}`).join(' ');
    this.shell.stdin.write(`${line}\n`);
  }

  /** Nothing is left to watch. */
  stop(): void {
    this.shell.kill('SIGKILL');
  }
}
