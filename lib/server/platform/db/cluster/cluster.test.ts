import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { dropDatabase, makeDatabase } from '@/testing/servers';

const servers = inject('servers').slice(0, 1);
const name = `plain_${randomUUID().replaceAll('-', '')}`;
let plain = '';

beforeAll(async () => {
  plain = await makeDatabase(servers, name);
});
afterAll(() => dropDatabase(servers, name));

async function run(script: string): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...process.env, DATABASE_URL: plain, DATABASE_DISTRIBUTED: 'citus', LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const [out, error, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, said: out + error };
}

it.each(['lib/cli/migrate.ts', 'worker/index.ts', 'lib/cli/doctor.ts'])(
  '%s refuses a database without Citus where DATABASE_DISTRIBUTED asks for it',
  async (script) => {
    const { code, said } = await run(script);
    expect(said).toContain('DATABASE_DISTRIBUTED=citus, and the database has no extension “citus”.');
    expect(said).toContain('create extension citus');
    expect(code).toBe(1);
  },
);
