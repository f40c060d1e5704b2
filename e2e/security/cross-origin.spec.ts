import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { expect, type Page, test } from '@playwright/test';
import { findBrowser } from '@/testing/browser';
import { ownersCaller } from '@/testing/over-http';

/** A page of another site, in the same browser. */
let elsewhere: Server;
let foreign = '';
test.beforeAll(async () => {
  elsewhere = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Another site</title>'),
  ).listen(0, '127.0.0.1');
  await once(elsewhere, 'listening');
  const address = elsewhere.address();
  foreign = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
test.afterAll(() => elsewhere.close());

interface Asked {
  method?: string;
  credentials?: 'include';
  mode?: 'no-cors';
  headers?: Record<string, string>;
  body?: string;
}

/** What a page gets: the status it may see, or “refused” where the browser keeps the answer from it. */
const asks = (page: Page, url: string, init: Asked) =>
  page.evaluate(
    ([to, how]) =>
      fetch(to, how).then(
        (answer) => `${answer.status}`,
        () => 'refused',
      ),
    [url, init] as const,
  );

test('the browser of the tests guards origins, as that of a person does', async () => {
  const { args } = await findBrowser();
  expect(
    args.filter((arg) => /disable-web-security|site-isolation|insecure-content|site-per/.test(arg)),
  ).toEqual([]);
});

test('a file goes up to the store, which is another origin than the page', async ({ page }) => {
  const [site, store] = [process.env.SLUICE_URL ?? '', process.env.SLUICE_STORE ?? ''];
  expect(new URL(store).origin).not.toBe(new URL(site).origin);
  const puts: string[] = [];
  page.on('response', (answer) => {
    if (answer.request().method() === 'PUT') puts.push(`${answer.status()} ${new URL(answer.url()).origin}`);
  });
  await page.goto(site);
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'across origins.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('n,word\n1,across\n'),
  });
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible();
  expect(puts).toEqual([`200 ${new URL(store).origin}`]);
});

test('a page of another site reads nothing of Sluice, changes nothing, and sends nothing to the store', async ({
  page,
}) => {
  const site = process.env.SLUICE_URL ?? '';
  await page.goto(foreign);
  // Its browser is signed in: cookies do not know ports.
  for (const path of ['/api/v1/imports', '/api/v1/account', '/api/health', '/api/v1/events', '/imports']) {
    expect(await asks(page, site + path, { credentials: 'include' }), path).toBe('refused');
  }
  const before = await ownersCaller().call<{ imports: unknown[] }>('GET', '/api/v1/imports?q=forged');
  const body = JSON.stringify({ fileName: 'forged.csv', fileSize: 1 });
  const json = { 'content-type': 'application/json' };
  expect(
    await asks(page, `${site}/api/v1/imports`, {
      method: 'POST',
      credentials: 'include',
      headers: json,
      body,
    }),
  ).toBe('refused');
  // Sent without a preflight, as a form is: the server refuses it, and the browser keeps even the empty answer back.
  expect(
    await asks(page, `${site}/api/v1/imports`, {
      method: 'POST',
      credentials: 'include',
      mode: 'no-cors',
      body,
    }),
  ).toBe('refused');
  expect(await ownersCaller().call('GET', '/api/v1/imports?q=forged')).toEqual(before);

  const made = await ownersCaller().create('foreign.csv', 4);
  if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
  const put = { method: 'PUT', body: 'a\n1\n', headers: made.upload.headers };
  expect(await asks(page, made.upload.url, put)).toBe('refused');
  // The address itself is good: Sluice's own page may use it.
  await page.goto(`${site}/imports`);
  expect(await asks(page, made.upload.url, put)).toBe('200');
});
