import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { z } from 'zod';

const { complaint } = z
  .object({ complaint: z.function({ input: [z.string()], output: z.string() }) })
  .parse(createRequire(import.meta.url)('./check-node.cjs'));

it.each(['18.20.0', '20.20.2', '22.14.0', '23.11.1'])('Node %s is refused with what to do', (version) => {
  expect(complaint(version)).toBe(
    `Sluice needs Node 24, and this is Node ${version}: run “npm ci”, which brings its own, or install Node 24 (https://nodejs.org).`,
  );
});

it.each(['24.0.0', '24.21.0', '26.1.0'])('Node %s will do', (version) => {
  expect(complaint(version)).toBe('');
});

it('npm start says how it is used instead of starting, and what is wrong with a port', () => {
  const start = (args: string[], PORT: string) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'lib/local/start.ts', ...args], {
      env: { ...process.env, PORT },
      encoding: 'utf8',
      timeout: 30_000,
    });
  expect(start(['--help'], '0')).toMatchObject({ status: 0, stdout: expect.stringContaining('PORT=4000') });
  expect(start(['--nope'], '0')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('takes no “--nope”'),
  });
  expect(start([], 'abc')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('PORT: a whole number from 0 to 65535 is needed.'),
  });
}, 60_000);

it('scripts run on the Node that was installed with everything else, whatever the machine has', () => {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync('node_modules/node/package.json', 'utf8')));
  const said = execFileSync('npm', ['exec', '--silent', '-c', 'node --version'], { encoding: 'utf8' });
  expect(said.trim()).toBe(`v${version}`);
  expect(execFileSync('npm', ['exec', '--silent', '-c', 'node lib/local/check-node.cjs'])).toHaveLength(0);
});
