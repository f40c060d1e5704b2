import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { pauseBefore } from './pauses';
import { SupervisedProcess } from './supervised-process';

const kept: SupervisedProcess[] = [];
afterEach(async () => {
  await Promise.all(kept.splice(0).map((child) => child.stop()));
});

function keep(code: string) {
  const started: ChildProcess[] = [];
  const said: string[] = [];
  const record = new SupervisedProcess({
    name: 'The worker',
    start: () => spawn(process.execPath, ['-e', code], { stdio: 'ignore' }),
    onStart: (child) => started.push(child),
    say: (sentence) => said.push(sentence),
  });
  kept.push(record);
  return { one: record, started, said };
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 20_000; !holds(); await sleep(20)) {
    if (Date.now() > end) throw new Error('Timed out.');
  }
}

const runsOn = 'setInterval(() => {}, 1000)';

it('starts a process again that was killed, and says so', async () => {
  const { one: record, started, said } = keep(runsOn);
  const first = record.process;
  first.kill('SIGKILL');
  expect(await record.ended).toBe('The worker stopped (SIGKILL).');
  await until(() => started.length === 2);
  expect(record.process.pid).not.toBe(first.pid);
  expect(record.process.exitCode).toBeNull();
  expect(said).toEqual(['The worker stopped (SIGKILL). It is started again.']);
});

it('waits longer each time that a process ends soon after its start', async () => {
  const { said } = keep('process.exit(3)');
  await until(() => said.length === 3);
  expect(said).toEqual([
    'The worker stopped (exit code 3). It is started again.',
    'The worker stopped (exit code 3). It is started again in 1 s.',
    'The worker stopped (exit code 3). It is started again in 2 s.',
  ]);
  const pauses = [0, 1, 2, 3, 4, 5, 6, 1_000].map(pauseBefore);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
  expect(pauses.at(-1)).toBe(30_000);
});

it('starts nothing again once it was stopped, also not one that just ended', async () => {
  const running = keep(runsOn);
  await running.one.stop();
  expect(running.one.process.signalCode).toBe('SIGTERM');

  const ended = keep('');
  await once(ended.one.process, 'exit');
  await ended.one.stop();
  await sleep(300);
  expect([running.started.length, ended.started.length]).toEqual([1, 1]);
  expect(running.said).toEqual([]);
});

it('tries again where the program cannot be started at all', async () => {
  const said: string[] = [];
  const record = new SupervisedProcess({
    name: 'The worker',
    start: () => spawn('/no/such/program', { stdio: 'ignore' }),
    say: (sentence) => said.push(sentence),
  });
  kept.push(record);
  await until(() => said.length === 2);
  expect(said[0]).toContain('ENOENT');
});
