import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, inject, vi } from 'vitest';

// The environment is read once, by the first module that asks: it is set before any test module is loaded.
const given = inject('environment');
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

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: given.DATABASE_URL });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Copies the template into this file's own database; tests that need no database do not wait for one. */
export function openDatabase(): void {
  beforeAll(async () => {
    // Two copies at once are refused by PostgreSQL: the template is "being accessed".
    copied ??= retry(() => administer(`create database ${name} template template_sluice`));
    await copied;
  });
  afterAll(async () => {
    const { closeDb } = await import('@/lib/server/platform/db/client');
    const { closeQueue } = await import('@/lib/server/platform/queue/boss');
    await closeQueue();
    await closeDb();
    // PostgreSQL refuses while it vacuums there by itself: only a superuser may end that.
    await retry(() => administer(`drop database if exists ${name} with (force)`));
  });
}

async function retry(work: () => Promise<void>): Promise<void> {
  for (let i = 0; ; i++) {
    try {
      return await work();
    } catch (error) {
      if (i === 100) throw error;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}

// A test that passes while something was complained about did not pass.
const complaint = vi.spyOn(console, 'error');
afterEach(() => {
  const said = complaint.mock.calls.map((args) => args.join(' '));
  complaint.mockClear();
  if (said.length > 0) throw new Error(`console.error was called:\n${said.join('\n')}`);
});
