import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { setUpCode } from '@/lib/server/identity/accounts/set-up-code';
import { requireUser } from '@/lib/server/identity/auth/require-user';
import { db } from '@/lib/server/platform/db/client';
import type { User } from '@/lib/server/platform/user';
import { auditPageShape } from '@/lib/shared/schema/audit/audit';
import { auditKinds } from '@/lib/shared/schema/audit/audit-kinds';
import { singleUploadShape } from '@/lib/shared/schema/file/upload';
import { openDatabase } from '@/testing/environment';
import { type Provider, runProvider } from '@/testing/provider';
import { purgeImport } from '@/worker/jobs/purge';
import { sweep } from '@/worker/sweep/sweep';
import { runInspection, runReception, runStage } from '@/worker/testing/run-import';
import { listHandlers } from './handlers';

openDatabase();

const day = 24 * 3600_000;
const handlers = new Map((await listHandlers()).map((handler) => [handler.name, handler]));
const secrets = [
  'a cell of the file',
  'name of the file',
  'a password of the tests',
  'olive@',
  'bea@',
  'carl@',
  'name of an added column',
  'another name for it',
];
const addedColumn = 'name of an added column';
const [cell = '', fileName = '', password = ''] = secrets;
const from = '192.0.2.7';
let provider: Provider;

interface Asked {
  params?: Record<string, string | string[]>;
  query?: Record<string, string>;
  body?: unknown;
  cookie?: string;
  token?: string;
}

/** Asks a handler as a browser or a script would, through a proxy. */
async function call(name: string, { params = {}, query = {}, body, cookie, token }: Asked = {}) {
  const handler = handlers.get(name);
  if (!handler) throw new Error(`There is no ${name}.`);
  const path = handler.path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, key: string) =>
    [params[key] ?? ''].flat().join('/'),
  );
  const url = new URL(path, 'http://localhost:3000');
  url.search = new URLSearchParams(query).toString();
  const request = new Request(url, {
    method: handler.method,
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      'x-forwarded-for': `10.0.0.1, ${from}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(cookie ? { cookie } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return handler.run(request, { params: Promise.resolve(params) });
}

/** The same, which has to succeed. */
async function done<S extends z.ZodType>(shape: S, name: string, asked: Asked = {}): Promise<z.infer<S>> {
  const answer = await call(name, asked);
  const text = await answer.text();
  if (answer.status >= 400) throw new Error(`${name} answered ${answer.status}: ${text}`);
  return shape.parse(JSON.parse(text || '{}'));
}

const anything = z.unknown();
const withId = z.object({ id: z.string() });
const withToken = z.object({ id: z.string(), token: z.string() });

function cookiesOf(answer: Response): string {
  if (answer.status >= 400) throw new Error(`Nobody is signed in: ${answer.status}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const who = (cookie: string): Promise<User> =>
  requireUser(new Request('http://localhost/', { headers: { cookie } }));

/** A file the whole way: asked of handlers, worked on by the worker's jobs. */
async function importFile(
  user: User,
  cookie: string,
  content: string | Buffer,
  dataset: string,
  more: Record<string, unknown> = {},
  inReview: (id: string) => Promise<void> = async () => {},
): Promise<string> {
  const body = Buffer.from(content);
  const made = await done(z.object({ import: withId, upload: singleUploadShape }), 'POST /api/v1/imports', {
    cookie,
    body: { fileName: `${fileName}.csv`, fileSize: body.length },
  });
  const { id } = made.import;
  await fetch(made.upload.url, {
    method: 'PUT',
    body: new Uint8Array(body),
    headers: made.upload.headers,
  });
  await done(anything, 'POST /api/v1/imports/[id]/upload/completion', { params: { id }, cookie, body: {} });
  if ((await runInspection(id, user)).status !== 'MAPPING') return id;
  const columns = [
    { index: 0, name: 'n', type: 'INTEGER' },
    { index: 1, name: 'word', type: 'TEXT' },
  ];
  const start = { dataset: { name: dataset }, columns, onRejection: 'REVIEW', ...more };
  await done(anything, 'POST /api/v1/imports/[id]/start', { params: { id }, cookie, body: start });
  await runStage(id, user);
  await inReview(id);
  await done(anything, 'POST /api/v1/imports/[id]/fixes', { params: { id }, cookie, body: { fixes: [] } });
  await runStage(id, user);
  await done(anything, 'POST /api/v1/imports/[id]/publication', { params: { id }, cookie });
  await runStage(id, user);
  return id;
}

/** Two files of corrected rows: one is cancelled, and the other one is something else. */
async function sendCorrections(id: string, cookie: string): Promise<void> {
  const body = 'a,b\n1,2\n';
  const begin = () =>
    done(
      z.object({ correction: withId, upload: singleUploadShape }),
      'POST /api/v1/imports/[id]/corrections',
      {
        params: { id },
        cookie,
        body: { fileName: `${fileName}.csv`, fileSize: body.length },
      },
    );
  const of = '/api/v1/imports/[id]/corrections/[correctionId]';
  const cancelled = { id, correctionId: (await begin()).correction.id };
  await done(anything, `POST ${of}/cancellation`, { params: cancelled, cookie });
  const { correction, upload } = await begin();
  await fetch(upload.url, { method: 'PUT', body, headers: upload.headers });
  const sent = { id, correctionId: correction.id };
  await done(anything, `POST ${of}/upload/completion`, { params: sent, cookie, body: {} });
  expect(await runReception(correction.id)).toMatchObject({ failureReason: 'NOT_A_CORRECTION' });
}

beforeAll(async () => {
  provider = await runProvider();
  Object.assign(process.env, provider.environment, { OIDC_SIGN_UP: 'anyone' });
});
afterAll(() => provider.close());

/** Comes in through the provider. @returns the cookie */
async function comeFromProvider(email: string): Promise<string> {
  const body = { provider: 'oidc', callbackURL: '/', errorCallbackURL: '/sign-in', disableRedirect: true };
  const to = await call('POST /api/auth/[...path]', { params: { path: ['sign-in', 'social'] }, body });
  const { url } = z.object({ url: z.url() }).parse(await to.clone().json());
  const asked = new URL(url).searchParams;
  provider.expect({ sub: email, email, email_verified: true, name: 'Carl' }, asked.get('nonce') ?? '');
  return cookiesOf(
    await call('GET /api/auth/[...path]', {
      params: { path: ['callback', 'oidc'] },
      query: { code: 'a code', state: asked.get('state') ?? '' },
      cookie: cookiesOf(to),
    }),
  );
}

const admin = { cookie: '', id: '' };
const things = { dataset: '', import: '', bea: '' };

/** Everything that is written down, done by whoever does it. */
async function doEverything(): Promise<void> {
  const email = 'olive@example.com';
  const code = setUpCode(process.env.AUTH_SECRET ?? '');
  admin.cookie = cookiesOf(
    await call('POST /api/v1/setup', { body: { code, name: '=Olive', email, password } }),
  );
  const { cookie } = admin;
  const olive = await who(cookie);
  admin.id = olive.id;
  await call('POST /api/v1/session', { body: { email, password: 'it is not this one' } });

  const invite = (address: string) =>
    done(withToken, 'POST /api/v1/invitations', { cookie, body: { email: address, role: 'MEMBER' } });
  const unwanted = await invite('unwanted@example.com');
  await done(anything, 'DELETE /api/v1/invitations/[id]', { params: { id: unwanted.id }, cookie });
  const accept = async (token: string) =>
    cookiesOf(await call('POST /api/v1/invitations/acceptance', { body: { token, name: 'Bea', password } }));
  const bea = await who(await accept((await invite('bea@example.com')).token));
  things.bea = bea.id;
  const params = { id: bea.id };
  await done(anything, 'PUT /api/v1/users/[id]/role', { params, cookie, body: { role: 'ADMIN' } });
  await done(anything, 'PUT /api/v1/users/[id]/role', { params, cookie, body: { role: 'MEMBER' } });
  await done(anything, 'POST /api/v1/users/[id]/disablement', { params, cookie });
  await done(anything, 'DELETE /api/v1/users/[id]/disablement', { params, cookie });
  const link = await done(withToken, 'POST /api/v1/users/[id]/password-link', { params, cookie });
  const first = await accept(link.token);
  await done(anything, 'PUT /api/v1/account', { cookie: first, body: { name: 'Beatrix' } });
  const passwords = { currentPassword: password, newPassword: `${password} too` };
  const second = cookiesOf(await call('PUT /api/v1/account/password', { cookie: first, body: passwords }));
  const third = cookiesOf(
    await call('POST /api/v1/session', {
      body: { email: 'bea@example.com', password: passwords.newPassword },
    }),
  );
  await done(anything, 'DELETE /api/v1/account/sessions', { cookie: third });
  await expect(who(second)).rejects.toThrow();
  await done(anything, 'DELETE /api/v1/session', { cookie: third });
  const carl = await who(await comeFromProvider('carl@example.com'));

  const scopes = ['imports:read'];
  const token = await done(withToken, 'POST /api/v1/account/tokens', {
    cookie,
    body: { name: 'nightly', scopes, days: 1 },
  });
  await done(anything, 'GET /api/v1/imports', { token: token.token });
  secrets.push(token.token);

  const content = `n,word\n1,${cell}\nx,${cell}\n`;
  const id = await importFile(olive, cookie, content, 'Things', {}, (waiting) =>
    sendCorrections(waiting, cookie),
  );
  things.import = id;
  await (await call('GET /api/v1/imports/[id]/rejections/export', { params: { id }, cookie })).text();
  await call('GET /api/v1/imports/[id]/source', { params: { id }, token: token.token });
  await done(anything, 'DELETE /api/v1/account/tokens/[id]', { params: { id: token.id }, cookie });
  await done(anything, 'POST /api/v1/imports/[id]/undo', { params: { id }, cookie, body: {} });
  await done(anything, 'POST /api/v1/imports/[id]/redo', { params: { id }, cookie, body: {} });
  const failed = await importFile(olive, cookie, Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'Nothing');
  await done(anything, 'DELETE /api/v1/imports/[id]', { params: { id: failed }, cookie });
  const cancelled = await done(z.object({ import: withId }), 'POST /api/v1/imports', {
    cookie,
    body: { fileName, fileSize: 10 },
  });
  await done(anything, 'POST /api/v1/imports/[id]/cancellation', {
    params: { id: cancelled.import.id },
    cookie,
  });

  const dataset = await db().dataset.findFirstOrThrow({ where: { name: 'Things' } });
  things.dataset = dataset.id;
  const { slug } = dataset;
  await (await call('GET /api/v1/datasets/[slug]/export', { params: { slug }, cookie })).text();
  // An import that waits for its person: the dataset gets a column, its first key would come too late.
  await importFile(olive, cookie, 'n,word\n1,a\n', 'Things', {
    dataset: { id: dataset.id },
    columns: [
      { index: 0, name: 'n', type: 'INTEGER' },
      { index: 1, name: addedColumn, type: 'TEXT', rules: { maxLength: 9 } },
    ],
  });
  const keyed = await importFile(olive, cookie, 'n,word\n1,a\n', 'Keyed things', { key: ['n'] });
  await done(anything, 'POST /api/v1/imports/[id]/undo', { params: { id: keyed }, cookie, body: {} });
  const column = await db().column.findFirstOrThrow({ where: { name: addedColumn } });
  await done(anything, 'PUT /api/v1/datasets/[slug]/columns/[id]', {
    params: { slug, id: column.id },
    cookie,
    body: { synonyms: ['another name for it'], rules: null },
  });
  const share = { email: 'bea@example.com', right: 'VIEW' };
  await done(anything, 'POST /api/v1/datasets/[slug]/shares', { params: { slug }, cookie, body: share });
  await done(anything, 'DELETE /api/v1/datasets/[slug]/shares/[userId]', {
    params: { slug, userId: bea.id },
    cookie,
  });
  await sweep(new Date(Date.now() + 91 * day));
  await (await call('GET /api/v1/audit/export', { cookie })).text();
  await done(anything, 'DELETE /api/v1/datasets/[slug]', { params: { slug }, cookie });
  await done(anything, 'POST /api/v1/users/[id]/purge', {
    params,
    cookie,
    body: { email: 'bea@example.com' },
  });
  await done(anything, 'DELETE /api/v1/users/[id]', { params: { id: carl.id }, cookie });
  await db().import.updateMany({
    where: { deletedAt: { not: null } },
    data: { deletedAt: new Date(0) },
  });
  for (const record of await db().import.findMany({ where: { deletedAt: { not: null } } }))
    await purgeImport(record.id);
}

describe('the audit log', () => {
  beforeAll(doEverything, 120_000);

  it('has an event of every kind, each brought about by a real deed', async () => {
    const found = await db().auditEvent.findMany({ distinct: ['kind'], select: { kind: true } });
    expect(found.map(({ kind }) => kind).sort()).toEqual(Object.keys(auditKinds).sort());
  });

  it('says of each who did it and from where, but for what nobody or Sluice itself did', async () => {
    const sweepers = ['FILE_EXPIRED', 'ROWS_EXPIRED', 'IMPORT_PURGED', 'DATASET_PURGED'];
    const nobodys = ['SIGN_IN_FAILED', ...sweepers];
    const workers = ['IMPORT_COMPLETED', 'IMPORT_FAILED', 'CORRECTION_FAILED', ...sweepers];
    for (const record of await db().auditEvent.findMany()) {
      if (nobodys.includes(record.kind))
        expect(record, record.kind).toMatchObject({ actorId: null, actorName: null });
      else
        expect(record, record.kind).toMatchObject({
          actorId: expect.any(String),
          actorName: expect.any(String),
        });
      expect(record.address, record.kind).toBe(workers.includes(record.kind) ? null : from);
    }
    const downloads = await db().auditEvent.findMany({ where: { kind: 'SOURCE_DOWNLOADED' } });
    expect(downloads).toMatchObject([{ via: 'token:nightly', actorName: '=Olive' }]);
  });

  it('holds no values, names of files, whole addresses, passwords, tokens or signed addresses', async () => {
    const all = JSON.stringify(await db().auditEvent.findMany(), (_, value: unknown) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    for (const secret of [...secrets, 'unwanted@', 'X-Amz', 'not this one'])
      expect(all).not.toContain(secret);
    expect(all).toContain('u…@example.com');
  });

  it('says of a dataset’s columns, rules and key what became of them', async () => {
    const found = await db().auditEvent.findMany({
      where: { kind: { in: ['DATASET_MADE', 'COLUMNS_ADDED', 'KEY_CHOSEN', 'COLUMN_CHANGED'] } },
      orderBy: { id: 'asc' },
    });
    expect(found.map(({ kind, datasetName, facts }) => [kind, datasetName, facts])).toEqual([
      ['DATASET_MADE', 'Things', { columns: 2, ruled: 0 }],
      ['COLUMNS_ADDED', 'Things', { columns: 1, ruled: 1 }],
      ['DATASET_MADE', 'Keyed things', { columns: 2, ruled: 0 }],
      ['KEY_CHOSEN', 'Keyed things', { keyColumns: 1 }],
      ['COLUMN_CHANGED', 'Things', { changed: 'rules, synonyms' }],
    ]);
  });

  const list = (query: Record<string, string>) =>
    done(auditPageShape, 'GET /api/v1/audit', { query, cookie: admin.cookie });

  it('is paged: every event once, the newest first', async () => {
    const ids: string[] = [];
    let before: string | null = null;
    do {
      const page: z.infer<typeof auditPageShape> = await list({ limit: '7', ...(before ? { before } : {}) });
      ids.push(...page.events.map(({ id }) => id));
      before = page.next;
    } while (before);
    const all = await db().auditEvent.findMany({ orderBy: { id: 'desc' }, select: { id: true } });
    expect(ids).toEqual(all.map(({ id }) => String(id)));
  });

  it('is narrowed by what, who, dataset, import and time, all of them together', async () => {
    const exports = await list({ what: 'exports', limit: '200' });
    expect(exports.events.length).toBeGreaterThan(3);
    expect(new Set(exports.events.map(({ kind }) => auditKinds[kind].group))).toEqual(new Set(['exports']));
    const bea = await list({ person: things.bea, limit: '200' });
    expect(bea.names.person).toBe('Somebody who was deleted');
    expect(JSON.stringify(bea)).not.toMatch(/Bea/);
    expect(bea.events.map(({ kind }) => kind)).toContain('PERSON_PURGED');
    for (const { by, on } of bea.events) expect([by?.id, on?.id]).toContain(things.bea);
    const dataset = await list({ dataset: things.dataset, limit: '200' });
    expect(dataset.names.dataset).toBe('Things');
    expect(dataset.events[0]?.dataset).toEqual({ id: things.dataset, name: 'Things', slug: null });
    const both = await list({ import: things.import, what: 'IMPORT_UNDONE' });
    expect(both.events).toMatchObject([{ kind: 'IMPORT_UNDONE', on: { id: things.import, name: null } }]);
    const today = new Date().toISOString().slice(0, 10);
    const yesterday = new Date(Date.now() - day).toISOString().slice(0, 10);
    expect((await list({ from: yesterday, to: today })).events.length).toBeGreaterThan(10);
    expect((await list({ to: yesterday })).events).toEqual([]);
    expect((await list({ from: new Date(Date.now() + day).toISOString() })).events).toEqual([]);
    const wrong = await call('GET /api/v1/audit', { query: { what: 'ANYTHING' }, cookie: admin.cookie });
    expect(wrong.status).toBe(400);
  });

  it('is exported as it is narrowed, with formulas escaped, and that is an event', async () => {
    const query = { what: 'deletions', person: things.bea };
    const answer = await call('GET /api/v1/audit/export', { query, cookie: admin.cookie });
    expect(answer.headers.get('content-disposition')).toContain('audit-log.csv');
    const [header, ...lines] = (await answer.text()).trimEnd().split('\r\n');
    expect(header).toMatch(/^id,at,kind,what,by,/);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(",PERSON_PURGED,User and all their data deleted,'=Olive,");
    const [latest] = (await list({ what: 'AUDIT_EXPORTED', limit: '1' })).events;
    expect(latest).toMatchObject({
      by: { name: '=Olive' },
      facts: { format: 'csv', scope: `what=deletions person=${things.bea}` },
    });
  });
});
