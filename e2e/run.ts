import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * `npm test`: types, lint, unit and integration tests, browser tests. Everything runs even when something before
 * it failed, and the last line counts: `N passed, N failed`. A skipped test counts as failed.
 */

interface Count {
  passed: number;
  failed: number;
}

async function run(command: string, args: string[]): Promise<boolean> {
  process.stdout.write(`\n> ${command} ${args.join(' ')}\n`);
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, FORCE_COLOR: '0' } });
  const [code] = await once(child, 'exit');
  return code === 0;
}

async function check(name: string): Promise<Count> {
  return (await run('npm', ['run', '--silent', name])) ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function reportAt<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S> | null> {
  const text = await readFile(path, 'utf8').catch(() => null);
  return text === null ? null : schema.parse(JSON.parse(text));
}

/** A runner that failed without a failing test (it crashed, or a file did not load) counts as one failure. */
function counted(ok: boolean, passed: number, failed: number): Count {
  return { passed, failed: ok || failed > 0 ? failed : 1 };
}

async function unitTests(): Promise<Count> {
  const path = 'e2e/results/unit.json';
  const ok = await run('npx', [
    'vitest',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
  ]);
  const report = await reportAt(path, z.object({ numPassedTests: z.number(), numTotalTests: z.number() }));
  return counted(
    ok && report !== null,
    report?.numPassedTests ?? 0,
    report ? report.numTotalTests - report.numPassedTests : 0,
  );
}

async function browserTests(): Promise<Count> {
  const ok = await run('npx', ['playwright', 'test', '--config', 'e2e/playwright.config.ts']);
  const stats = z.object({
    expected: z.number(),
    skipped: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
  });
  const report = await reportAt('e2e/results/report.json', z.object({ stats }));
  const failed = report ? report.stats.skipped + report.stats.unexpected + report.stats.flaky : 0;
  return counted(ok && report !== null, report?.stats.expected ?? 0, failed);
}

await mkdir('e2e/results', { recursive: true });
await run('npm', ['run', '--silent', 'generate']);
const counts = [await check('types'), await check('lint'), await unitTests(), await browserTests()];
const total = counts.reduce((sum, c) => ({ passed: sum.passed + c.passed, failed: sum.failed + c.failed }));
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed > 0 ? 1 : 0;
