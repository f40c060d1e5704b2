import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { ownersCaller } from '@/testing/over-http';

const address = () => process.env.SLUICE_URL ?? '';

const withToken = (token: string, path: string, init: RequestInit = {}) =>
  fetch(new URL(path, address()), { ...init, headers: { authorization: `Bearer ${token}` } });

/** Makes a token on the account page, as a person does. */
async function make(page: Page, name: string, without: string[] = []): Promise<string> {
  await page.goto(`${address()}/account`);
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByLabel('Name', { exact: true }).fill(name);
  for (const scope of without) await page.getByRole('checkbox', { name: scope }).uncheck();
  await page.getByRole('button', { name: 'Create' }).click();
  const token = await page.getByLabel('Token', { exact: true }).inputValue();
  await page.keyboard.press('Escape');
  return token;
}

/** Runs a command of package.json from a folder of its own, where no Sluice runs. */
async function run(folder: string, token: string | undefined, command: 'import' | 'export', args: string[]) {
  const { SLUICE_TOKEN: _, ...inherited } = process.env;
  const child = spawn('npm', ['run', '--silent', command, '--', ...args, '--url', address()], {
    env: {
      ...inherited,
      SLUICE_DIR: join(folder, '.sluice'),
      LOG_LEVEL: 'silent',
      ...(token === undefined ? {} : { SLUICE_TOKEN: token }),
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = await once(child, 'close');
  return { code: Number(code), out, err };
}

test('a token is made, shown once, used, and revoked', async ({ page }) => {
  const token = await make(page, 'a nightly script', ['imports:write', 'datasets:read']);
  expect(token).toMatch(/^sluice_[\w-]{43}$/);
  const row = page.getByRole('list', { name: 'API tokens' }).getByRole('listitem').filter({
    hasText: 'a nightly script',
  });
  await expect(row).toContainText('never used');
  await expect(row).toContainText('See imports');
  await expect(row).not.toContainText('datasets');
  await page.reload();
  await expect(row).toBeVisible();
  expect(await page.content()).not.toContain(token);
  expect(await (await ownersCaller().ask('GET', '/api/v1/account/tokens')).text()).not.toContain(token);

  expect((await withToken(token, '/api/v1/imports')).status).toBe(200);
  for (const [path, method] of [
    ['/api/v1/datasets', 'GET'],
    ['/api/v1/imports', 'POST'],
    ['/api/v1/users', 'GET'],
    ['/api/v1/account/tokens', 'GET'],
    ['/api/v1/account/tokens', 'POST'],
  ] as const) {
    expect((await withToken(token, path, { method })).status, `${method} ${path}`).toBe(403);
  }
  expect((await withToken(`${token}x`, '/api/v1/imports')).status).toBe(401);
  await page.reload();
  await expect(row).toContainText('last used just now');

  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toHaveCount(0);
  expect((await withToken(token, '/api/v1/imports')).status).toBe(401);
});

test('the command line imports and exports elsewhere with a token, and says what to do without', async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-elsewhere-'));
  try {
    const content = 'id,word\r\n007,from elsewhere\r\n';
    const file = join(folder, 'elsewhere.csv');
    await writeFile(file, content);

    const nobody = await run(folder, undefined, 'import', [file]);
    expect(nobody.code).toBe(1);
    expect(nobody.err).toContain(
      `Create one on your account page at ${address()}, and set SLUICE_TOKEN to it.`,
    );
    const forged = await run(folder, `sluice_${'A'.repeat(43)}`, 'import', [file]);
    expect(forged.code).toBe(1);
    expect(forged.err).toContain('This token is not valid, or has expired.');
    const reader = await make(page, 'reads only', ['imports:write']);
    const refused = await run(folder, reader, 'import', [file]);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('lacks the scope imports:write');

    const token = await make(page, 'does everything');
    const { code, out, err } = await run(folder, token, 'import', [file, '--json']);
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      status: 'COMPLETED',
      dataset: 'elsewhere',
      rows: { inserted: 1 },
    });
    expect(await run(folder, token, 'export', ['elsewhere'])).toMatchObject({ code: 0, out: content });
    for (const said of [out, err, refused.err]) expect(said).not.toContain(token);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
