import { randomUUID } from 'node:crypto';
import { type Browser, expect, test } from '@playwright/test';
import { z } from 'zod';
import { MiB } from '@/lib/shared/bytes';
import { ask, signInAt, type Visit } from '@/testing/visit';
import { madeCsv } from '../files-made';

const address = () => process.env.SLUICE_URL ?? '';
const ownerCookie = () => process.env.SLUICE_COOKIE ?? '';
const password = 'a password of the tests';

const get = (path: string, visit?: Visit) => ask(address(), 'GET', path, undefined, visit?.cookie);
const post = (path: string, body: unknown, visit?: Visit) =>
  ask(address(), 'POST', path, body, visit?.cookie);

/** Invites somebody and accepts, over HTTP. */
async function newMember(name: string): Promise<Visit & { email: string }> {
  const email = `${randomUUID()}@example.com`;
  const invited = await ask(
    address(),
    'POST',
    '/api/v1/invitations',
    { email, role: 'MEMBER' },
    ownerCookie(),
  );
  const { token } = z.object({ token: z.string() }).parse(await invited.json());
  const accepted = await post('/api/v1/invitations/acceptance', { token, name, password });
  expect(accepted.status).toBe(201);
  return { ...(await signInAt(address(), email, password)), email };
}

async function pageOf(browser: Browser, visit: Visit) {
  const context = await browser.newContext({
    storageState: { cookies: visit.cookies, origins: [] },
    viewport: { width: 1280, height: 800 },
  });
  return context.newPage();
}

/** What a member can have: an upload under way, an import that waits, one that is done, a dataset. */
async function belongingsOf(visit: Visit) {
  const made = z.object({
    import: z.object({ id: z.string() }),
    upload: z.object({ url: z.string().optional(), headers: z.record(z.string(), z.string()).optional() }),
  });
  const create = async (fileSize: number) =>
    made.parse(await (await post('/api/v1/imports', { fileName: 'private.csv', fileSize }, visit)).json());
  const uploading = await create(20 * MiB);
  const content = 'n,word\n1,private\n';
  const done = await create(content.length);
  await fetch(done.upload.url ?? '', {
    method: 'PUT',
    body: content,
    headers: done.upload.headers,
  });
  const path = `/api/v1/imports/${done.import.id}`;
  await post(`${path}/upload/completion`, {}, visit);
  const details = z.object({ status: z.string(), dataset: z.object({ slug: z.string() }).nullable() });
  const view = async () => details.parse(await (await get(path, visit)).json());
  await expect.poll(async () => (await view()).status).toBe('MAPPING');
  const columns = [{ index: 1, name: 'word', type: 'TEXT' }];
  await post(`${path}/start`, { dataset: { name: `private ${randomUUID()}` }, columns }, visit);
  await expect.poll(async () => (await view()).status).toBe('COMPLETED');
  return {
    uploading: uploading.import.id,
    done: done.import.id,
    slug: (await view()).dataset?.slug ?? '',
  };
}

/** Every way to somebody's things, with a body that would be taken. */
function ways(ids: { uploading: string; done: string; slug: string }): [string, string, unknown?][] {
  const { uploading, done, slug } = ids;
  return [
    ['GET', `/api/v1/imports/${done}`],
    ['GET', `/api/v1/imports/${done}/source`],
    ['GET', `/api/v1/imports/${done}/rejections`],
    ['GET', `/api/v1/imports/${done}/rejections/export`],
    ['POST', `/api/v1/imports/${done}/undo`],
    ['POST', `/api/v1/imports/${done}/redo`],
    ['POST', `/api/v1/imports/${uploading}/cancellation`],
    ['PUT', `/api/v1/imports/${done}/layout`, {}],
    [
      'POST',
      `/api/v1/imports/${done}/start`,
      { dataset: { name: 'x' }, columns: [{ index: 0, name: 'n', type: 'TEXT' }] },
    ],
    ['GET', `/api/v1/imports/${uploading}/upload/parts`],
    ['POST', `/api/v1/imports/${uploading}/upload/parts`, { partNumbers: [1] }],
    ['POST', `/api/v1/imports/${uploading}/upload/completion`, {}],
    ['GET', `/api/v1/datasets/${slug}`],
    ['GET', `/api/v1/datasets/${slug}/rows`],
    ['GET', `/api/v1/datasets/${slug}/export?format=csv`],
    ['GET', `/api/v1/datasets/${slug}/shares`],
  ];
}

test('#55 forged ids and names are answered 404, whoever asks', async () => {
  const ben = await newMember('Ben');
  for (const forged of ['019a0000-0000-7000-8000-000000000000', 'x', '1', '..%2f..%2fetc', '%00', '%27--']) {
    for (const [method, path, body] of ways({ uploading: forged, done: forged, slug: forged })) {
      for (const cookie of [ben.cookie, ownerCookie()]) {
        const answer = await ask(address(), method, path, body, cookie);
        expect(answer.status, `${method} ${path}`).toBe(404);
      }
    }
  }
});

test('#56 another person’s imports, events, rejections, files and rows are answered 404, and 401 to nobody', async () => {
  const ann = await newMember('Ann');
  const ben = await newMember('Ben');
  const hers = await belongingsOf(ann);
  for (const [method, path, body] of ways(hers)) {
    const toBen = await ask(address(), method, path, body, ben.cookie);
    expect(toBen.status, `${method} ${path}`).toBe(404);
    expect(toBen.headers.get('location')).toBeNull();
    expect(await toBen.text()).not.toContain('private');
    const toNobody = await ask(address(), method, path, body);
    expect(toNobody.status, `${method} ${path}`).toBe(401);
  }
  for (const path of ['/api/v1/imports', '/api/v1/datasets', `/api/v1/imports?q=private`]) {
    expect(await (await get(path, ben)).text()).not.toContain('private');
    expect(await (await get(path, ann)).text()).toContain('private');
  }
  // The page itself is an empty frame.
  expect(await (await get(`/imports/${hers.done}`, ann)).text()).not.toContain('private');

  const eventsOf = async (visit: Visit) => {
    const abort = new AbortController();
    const answer = await fetch(`${address()}/api/v1/events?import=${hers.done}&import=${hers.uploading}`, {
      headers: { cookie: visit.cookie },
      signal: abort.signal,
    });
    let text = '';
    setTimeout(() => abort.abort(), 2_000);
    try {
      for await (const piece of answer.body ?? []) text += Buffer.from(piece).toString();
    } catch {
      // Aborted.
    }
    return text;
  };
  const [toAnn, toBen] = await Promise.all([eventsOf(ann), eventsOf(ben)]);
  expect(toAnn).toContain(hers.done);
  expect(toBen).not.toContain(hers.done);
  expect(toBen).not.toContain(hers.uploading);

  // All of it is still as Ann left it, and an administrator sees it.
  expect(await (await get(`/api/v1/imports/${hers.done}`, ann)).json()).toMatchObject({
    status: 'COMPLETED',
  });
  const owner = { cookie: ownerCookie(), cookies: [] };
  expect((await get(`/api/v1/imports/${hers.done}`, owner)).status).toBe(200);
});

test('#66 a session that ends during an upload: log in again on the page, and the upload goes on', async ({
  browser,
}) => {
  const ann = await newMember('Ann Uploader');
  const page = await pageOf(browser, ann);
  const network = await page.context().newCDPSession(page);
  await network.send('Network.enable');
  const slowly = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 10 * MiB };
  await network.send('Network.emulateNetworkConditions', slowly);
  const parts: string[] = [];
  page.on('request', (request) => {
    const part = new URL(request.url()).searchParams.get('partNumber');
    if (request.method() === 'PUT' && part) parts.push(part);
  });
  await page.goto(address());
  await page.evaluate(() => Object.assign(window, { samePage: true }));
  const begun = page.waitForRequest((request) => request.url().includes('partNumber='));
  await page.getByLabel(/choose files/i).setInputFiles(await madeCsv('long upload.csv', 300_000));
  await begun;
  // Another browser of the same person signs all others out.
  const elsewhere = await signInAt(address(), ann.email, password);
  const ended = await ask(address(), 'DELETE', '/api/v1/account/sessions', undefined, elsewhere.cookie);
  expect(ended.status).toBe(200);

  const dialog = page.getByRole('alertdialog', { name: 'Your session has ended' });
  await expect(dialog).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByLabel('E-mail address')).toHaveValue(ann.email);
  await dialog.getByLabel('Password', { exact: true }).fill('not the password');
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog.getByRole('alert')).toContainText('not right');
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('table', { name: 'Preview' })).toBeVisible({ timeout: 60_000 });
  expect(await page.evaluate(() => 'samePage' in window)).toBe(true);
  expect(parts.length).toBeGreaterThan(2);
  expect(new Set(parts).size, 'no part went up twice').toBe(parts.length);
  await page.context().close();
});

test('an invitation is accepted, once, and a dataset shared', async ({ browser, page }) => {
  const email = `${randomUUID()}@example.com`;
  await page.goto(`${address()}/admin/users`);
  await page.getByRole('button', { name: 'Invite somebody' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.keyboard.press('Enter');
  const link = await page.getByLabel('Link').inputValue();
  await page.keyboard.press('Escape');
  await expect(page.getByText(email)).toBeVisible();

  const guest = await pageOf(browser, { cookie: '', cookies: [] });
  await guest.goto(link);
  await expect(guest.getByLabel('E-mail address')).toHaveValue(email);
  await guest.getByLabel('Your name').fill('Gil Guest');
  await guest.getByLabel('Password', { exact: true }).fill(password);
  await guest.keyboard.press('Enter');
  await expect(guest.getByText('Drop files here')).toBeVisible();
  const again = await pageOf(browser, { cookie: '', cookies: [] });
  await again.goto(link);
  await expect(again.getByRole('heading', { name: 'This link does not work' })).toBeVisible();

  await page.goto(address());
  await page.getByLabel(/choose files/i).setInputFiles({
    name: 'to be shared.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('n,word\n1,shared\n'),
  });
  await page.getByRole('button', { name: 'Start import' }).click();
  await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
  await guest.goto(`${address()}/datasets/to_be_shared`);
  await expect(guest.getByText('There is no such dataset.')).toBeVisible();
  await page.goto(`${address()}/datasets/to_be_shared`);
  await page.getByRole('button', { name: 'Share' }).click();
  await page.getByLabel('E-mail address').fill(email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Users with access' })).toContainText('Gil Guest');
  await guest.goto(`${address()}/datasets/to_be_shared`);
  await expect(guest.getByText('shared', { exact: true })).toBeVisible();
  await expect(guest.getByRole('button', { name: 'Share' })).toHaveCount(0);
  await guest.goto(`${address()}/admin/users`);
  await expect(guest.getByText('Only administrators see this page')).toBeVisible();
});

test('a session is ended, and an account disabled', async ({ browser, page }) => {
  const { email, ...visit } = await newMember('Gil Disabled');
  const guest = await pageOf(browser, visit);
  await signInAt(address(), email, password);
  await guest.goto(`${address()}/account`);
  await guest.getByRole('button', { name: 'Sign out all others' }).click();
  await expect(guest.getByRole('button', { name: 'Sign out all others' })).toHaveCount(0);
  await expect(guest.getByText('This browser')).toBeVisible();

  await page.goto(`${address()}/admin/users`);
  await page.getByRole('button', { name: 'Actions for Gil Disabled' }).click();
  await page.getByRole('menuitem', { name: 'Disable…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByRole('row', { name: /Gil Disabled/ })).toContainText('Disabled');
  await guest.goto(`${address()}/imports`);
  await expect(guest.getByRole('heading', { name: 'Sign in to Sluice' })).toBeVisible();
  await guest.getByLabel('E-mail address').fill(email);
  await guest.getByLabel('Password', { exact: true }).fill(password);
  await guest.keyboard.press('Enter');
  await expect(guest.getByText('This account is disabled')).toBeVisible();
});

test('somebody who was removed keeps the name until everything of theirs is deleted', async ({ page }) => {
  const name = `Rex Removed ${randomUUID().slice(0, 8)}`;
  const rex = await newMember(name);
  const { done, slug } = await belongingsOf(rex);
  const owner = { cookie: ownerCookie(), cookies: [] };
  await page.goto(`${address()}/admin/users`);
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove permanently' }).click();
  const removed = page.getByRole('list', { name: 'Removed users' });
  await expect(removed).toContainText(name);
  const everything = async () =>
    (
      await Promise.all(
        ['/api/v1/users', '/api/v1/audit?limit=200'].map(async (path) => (await get(path, owner)).text()),
      )
    ).join();
  expect(await (await get(`/api/v1/imports/${done}`, owner)).text()).toContain(name);
  expect(await everything()).toContain(name);

  await page.getByRole('button', { name: `Delete all data of ${name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('2 imports');
  await expect(dialog.getByRole('button', { name: 'Delete all data' })).toBeDisabled();
  await dialog.getByLabel('Type the name to go on').fill(name);
  await dialog.getByRole('button', { name: 'Delete all data' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(name)).toHaveCount(0);
  expect((await get(`/api/v1/imports/${done}`, owner)).status).toBe(404);
  expect(await (await get(`/api/v1/datasets/${slug}`, owner)).json()).toMatchObject({ rows: 0 });
  expect(await everything()).not.toContain(name);
});

test('the set-up is closed once there is an owner, and pages about people hold together', async ({
  browser,
  page,
}) => {
  const late = await post('/api/v1/setup', { code: 'x', name: 'Late', email: 'late@example.com', password });
  expect(late.status).toBe(409);
  expect(await (await get('/api/v1/setup')).json()).toEqual({ needed: false, provider: null });
  for (const path of ['/api/auth/sign-up/email', '/api/auth/sign-in/email', '/api/auth/list-sessions']) {
    for (const method of ['GET', 'POST']) {
      const body = method === 'POST' ? { name: 'X', email: 'x@example.com', password } : undefined;
      expect((await ask(address(), method, path, body)).status, `${method} ${path}`).toBe(404);
    }
  }
  const guest = await pageOf(browser, { cookie: '', cookies: [] });
  for (const [visitor, paths] of [
    [page, ['/account', '/admin/users', '/api-reference']],
    [guest, ['/sign-in', '/setup', '/invitation#forged', '/imports']],
  ] as const) {
    for (const width of [1280, 390]) {
      await visitor.setViewportSize({ width, height: 844 });
      for (const path of paths) {
        await visitor.goto('about:blank');
        await visitor.goto(`${address()}${path}`);
        await expect(visitor.locator('main h1').first()).toBeVisible();
        const over = await visitor.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over, `${path} at ${width} px`).toBeLessThanOrEqual(0);
      }
    }
  }
});
