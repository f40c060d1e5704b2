import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, inject, vi } from 'vitest';
import { copyDatabase, dropDatabase } from './servers';

// The environment is read once, by the first module that asks: it is set before any test module is loaded.
const given = inject('environment');
const servers = inject('servers');
const name = `test_${randomUUID().replaceAll('-', '')}`;
const url = new URL(given.DATABASE_URL ?? '');
url.pathname = `/${name}`;
Object.assign(process.env, given, {
  DATABASE_URL: url.href,
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
  DATABASE_POOL: '6',
  AUTH_SECRET: 'the secret of the tests, of no use elsewhere',
  LOCAL_KEY: 'the local key of the tests, of no use elsewhere',
});

let copied: Promise<void> | undefined;

/** Copies the template into this file's own database; tests that need no database do not wait for one. */
export function openDatabase(): void {
  beforeAll(async () => {
    copied ??= copyDatabase(servers, 'template_sluice', name);
    await copied;
  });
  afterAll(async () => {
    const { closeDb } = await import('@/lib/server/platform/db/client');
    const { closeQueue } = await import('@/lib/server/platform/queue/boss');
    await closeQueue();
    await closeDb();
    await dropDatabase(servers, name);
  });
}

// A test that passes while something was complained about did not pass.
const complaint = vi.spyOn(console, 'error');
afterEach(() => {
  const said = complaint.mock.calls.map((args) => args.join(' '));
  complaint.mockClear();
  if (said.length > 0) throw new Error(`console.error was called:\n${said.join('\n')}`);
});
