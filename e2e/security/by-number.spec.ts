import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { expect, test } from '@playwright/test';
import { KiB, MiB } from '@/lib/shared/bytes';
import type { RowPage } from '@/lib/shared/schema/dataset/row';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { Caller, ownersCaller } from '@/testing/over-http';

/** The list of bad inputs over real HTTP, against the production build. */

const me = ownersCaller;
const cookie = () => process.env.SLUICE_COOKIE ?? '';

async function fifty(work: () => Promise<Response>): Promise<{ statuses: number[]; views: ImportView[] }> {
  const answers = await Promise.all(Array.from({ length: 50 }, work));
  const views: ImportView[] = await Promise.all(answers.map((answer) => answer.json()));
  return { statuses: [...new Set(answers.map(({ status }) => status))], views };
}

test('#57 100 MB of JSON is refused before it was sent', async () => {
  const { hostname, port, host, origin } = new URL(me().url);
  const head = [
    'POST /api/v1/imports HTTP/1.1',
    `host: ${host}`,
    `origin: ${origin}`,
    `cookie: ${cookie()}`,
    'content-type: application/json',
    `content-length: ${100 * MiB}`,
  ];
  const socket = connect(Number(port), hostname);
  // The head, and a few bytes of what was announced: the answer has to come without the rest.
  socket.write(`${head.join('\r\n')}\r\n\r\n{"fileName":"`);
  const [first] = await once(socket, 'data');
  expect(String(first)).toContain('HTTP/1.1 413');
  socket.destroy();
});

test('#57 a body of no declared length is refused where the limit is passed', async () => {
  const answer = await new Promise<{ status: number; sent: number }>((resolve, reject) => {
    let sent = 0;
    let over = false;
    const record = request(new URL('/api/v1/imports', me().url), {
      method: 'POST',
      headers: { cookie: cookie(), origin: new URL(me().url).origin, 'content-type': 'application/json' },
    });
    record.on('response', (response) => {
      over = true;
      resolve({ status: response.statusCode ?? 0, sent });
      record.destroy();
    });
    record.on('error', (error) => over || reject(error));
    const piece = 'x'.repeat(64 * KiB);
    const write = () => {
      while (!over && sent < 100 * MiB) {
        sent += piece.length;
        if (!record.write(piece)) return void record.once('drain', write);
      }
    };
    record.write('{"fileName":"');
    write();
  });
  expect(answer.status).toBe(413);
  expect(answer.sent).toBeLessThan(20 * MiB);
});

test('only JSON is taken', async () => {
  const headers = { cookie: cookie(), origin: new URL(me().url).origin };
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    '',
  ]) {
    const answer = await fetch(`${me().url}/api/v1/imports`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body: '{"fileName":"a.csv","fileSize":4}',
    });
    expect(answer.status, type).toBe(415);
  }
});

test('#58 complete, start, undo and redo, 50 at once and again later: the same answer, one effect', async () => {
  const content = 'n,word\n1,a\n2,b\n3,c\n';
  const made = await me().create('fifty.csv', content.length);
  if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
  await fetch(made.upload.url, { method: 'PUT', body: content, headers: made.upload.headers });
  const { id } = made.import;
  const of = (what: string, body?: unknown) => () => me().ask('POST', `/api/v1/imports/${id}/${what}`, body);

  const completed = await fifty(of('upload/completion', {}));
  expect(completed.statuses).toEqual([200]);
  const inspected = await me().until(id, ['MAPPING']);

  const start = of('start', me().confirmation(inspected, 'Fifty at once'));
  const started = await fifty(start);
  expect(started.statuses).toEqual([200]);
  expect(new Set(started.views.map(({ dataset }) => dataset?.id)).size).toBe(1);
  const done = await me().until(id, ['COMPLETED']);
  expect(done).toMatchObject({ attempts: 1, rows: { read: 3, inserted: 3 } });
  expect((await start()).status).toBe(200);
  expect((await of('upload/completion', {})()).status).toBe(200);

  const slug = done.dataset?.slug ?? '';
  const rows = async () => (await me().call<RowPage>('GET', `/api/v1/datasets/${slug}/rows`)).rows.length;
  expect(await rows()).toBe(3);
  for (const [verb, status, left] of [
    ['undo', 'UNDONE', 0],
    ['redo', 'COMPLETED', 3],
  ] as const) {
    const turned = await fifty(of(verb));
    expect(turned.statuses).toEqual([200]);
    // One change of the import, so one place in the sequence of changes.
    expect(new Set(turned.views.map((view) => `${view.status} ${view.sequence}`)).size).toBe(1);
    expect(turned.views[0]?.status).toBe(status);
    expect(await rows()).toBe(left);
    expect((await of(verb)()).status).toBe(200);
  }
});

test('#59 completing before the upload is a conflict, and the upload can still come', async () => {
  const made = await me().create('early.csv', 4);
  if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
  const path = `/api/v1/imports/${made.import.id}/upload/completion`;
  expect((await me().ask('POST', path, {})).status).toBe(409);
  await fetch(made.upload.url, { method: 'PUT', body: 'a\n1\n', headers: made.upload.headers });
  expect((await me().ask('POST', path, {})).status).toBe(200);

  const large = await me().create('early and large.csv', 20 * MiB);
  expect((await me().ask('POST', `/api/v1/imports/${large.import.id}/upload/completion`, {})).status).toBe(
    409,
  );
});

test('#60 the store’s own list of parts counts, whatever ETags are named; #62 a part of another size is refused', async () => {
  const size = 17 * MiB;
  const made = await me().create('parts.csv', size);
  if (made.upload.kind !== 'multipart') throw new Error('It should go up in parts.');
  const base = `/api/v1/imports/${made.import.id}/upload`;
  const numbers = Array.from({ length: made.upload.partCount }, (_, i) => i + 1);
  const signed = await me().call<{ parts: { partNumber: number; url: string; size: number }[] }>(
    'POST',
    `${base}/parts`,
    { partNumbers: numbers },
  );
  const forged = numbers.map((partNumber) => ({ partNumber, etag: '"00000000000000000000000000000000"' }));
  const complete = () => me().ask('POST', `${base}/completion`, { parts: forged });
  for (const { url, size: bytes } of signed.parts) {
    for (const wrong of [bytes - 1, bytes + 1]) {
      const refused = await fetch(url, { method: 'PUT', body: Buffer.alloc(wrong, 'a\n') }).then(
        ({ ok }) => ok,
        () => false,
      );
      expect(refused).toBe(false);
    }
    expect((await complete()).status).toBe(409);
    expect((await fetch(url, { method: 'PUT', body: Buffer.alloc(bytes, 'a\n') })).ok).toBe(true);
  }
  expect((await complete()).status).toBe(200);
  // Nobody reads three million rows of “a” here.
  expect((await me().ask('POST', `/api/v1/imports/${made.import.id}/cancellation`)).status).toBe(200);
});

test('#61 a file cannot be swapped after completion, with the address that it went up with or a later one', async () => {
  const content = 'a\n1\n2\n';
  const made = await me().create('swapped.csv', content.length);
  const { upload } = made;
  if (upload.kind !== 'single') throw new Error('It should go up in one piece.');
  const put = (body: string, headers: Record<string, string>) =>
    fetch(upload.url, { method: 'PUT', body, headers });
  expect((await put(content, upload.headers)).status).toBe(200);
  await me().complete(made.import.id);
  const inspected = await me().until(made.import.id, ['MAPPING']);
  expect((await put('a\n1\n3\n', upload.headers)).status).toBe(412);
  expect((await put('a\n1\n3\n', {})).ok).toBe(false);
  await me().call('POST', `/api/v1/imports/${made.import.id}/start`, me().confirmation(inspected, 'Swapped'));
  await me().until(made.import.id, ['COMPLETED']);
  const given = await me().ask('GET', `/api/v1/imports/${made.import.id}/source`);
  expect(await (await fetch(given.headers.get('location') ?? '')).text()).toBe(content);
});

test('#62 a file of another size than declared never gets into the store', async () => {
  const made = await me().create('sized.csv', 6);
  if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
  for (const body of ['a\n1\n', 'a\n1\n2\n3\n']) {
    expect((await fetch(made.upload.url, { method: 'PUT', body, headers: made.upload.headers })).ok).toBe(
      false,
    );
  }
  expect((await me().ask('POST', `/api/v1/imports/${made.import.id}/upload/completion`, {})).status).toBe(
    409,
  );
});

const oddNames = [
  '../../etc/passwd.csv',
  '..\\..\\windows\\x.csv',
  'line\nbreak\r\nX-Injected: yes.csv',
  '<script>document.title="owned"</script>.csv',
  '"quotes" and \'more\'; filename=evil.exe.csv',
  'naïve – 日本語 🦋.csv',
  '%00%0d%0a.csv',
  '\u202Egpj.csv',
  `${'long'.repeat(1_200)}.csv`,
];

test('#63 odd file names are shown as they are, and are part of no key and no header', async ({ page }) => {
  for (const name of oddNames) {
    const rows = Array.from({ length: 1_100 }, (_, i) => i).join('\n');
    const inspected = await me().upload(name, `n\n${rows}\nx\n`);
    await me().call(
      'POST',
      `/api/v1/imports/${inspected.id}/start`,
      me().confirmation(inspected, 'Odd names'),
    );
    const done = await me().until(inspected.id, ['COMPLETED', 'FAILED']);
    expect(done.failure).toBeNull();
    expect(done.file.name.length).toBeLessThanOrEqual(255);

    const source = await me().ask('GET', `/api/v1/imports/${done.id}/source`);
    const target = new URL(source.headers.get('location') ?? '');
    expect(target.pathname).toMatch(/\/imports\/[0-9a-f-]{36}$/);
    const stored = await fetch(target);
    expect(stored.status).toBe(200);
    expect(await stored.text()).toContain('n\n0\n1');
    const rejected = await me().ask('GET', `/api/v1/imports/${done.id}/rejections/export`);
    for (const headers of [stored.headers, rejected.headers]) {
      const disposition = headers.get('content-disposition') ?? '';
      // RFC 6266 and 8187: one quoted ASCII name, and the real one percent-encoded.
      const found =
        /^attachment; filename="([\x20-\x21\x23-\x5b\x5d-\x7e]*)"; filename\*=UTF-8''([A-Za-z0-9!#$&+.^_`|~%-]*)$/.exec(
          disposition,
        );
      expect(found, disposition).not.toBeNull();
      expect(decodeURIComponent(found?.[2] ?? '')).toContain(done.file.name.slice(0, 200));
      expect(headers.get('x-injected')).toBeNull();
    }
    await rejected.body?.cancel();
    await page.goto(`${me().url}/imports/${done.id}`);
    await expect(page.getByRole('heading', { name: 'Receipt' })).toBeVisible();
    const heading = page.getByRole('heading', { level: 1 });
    expect((await heading.textContent())?.trim()).toBe(done.file.name);
    expect(await page.title()).not.toBe('owned');
  }
  await page.goto(`${me().url}/imports`);
  await expect(page.getByText('<script>document.title').first()).toBeVisible();
  expect(await page.title()).not.toBe('owned');
  expect(
    (await me().ask('POST', '/api/v1/imports', { fileName: 'x'.repeat(5_001), fileSize: 4 })).status,
  ).toBe(400);
});

test('#63 names of columns and datasets are shown as they are', async ({ page }) => {
  const script = '<img src=x onerror="document.title=1">';
  const inspected = await me().upload('names.csv', `"${script.replaceAll('"', '""')}"\n${'<b>1</b>'}\n`);
  await me().call(
    'POST',
    `/api/v1/imports/${inspected.id}/start`,
    me().confirmation(inspected, `Set ${script}`),
  );
  const done = await me().until(inspected.id, ['COMPLETED', 'FAILED']);
  for (const path of [`/datasets/${done.dataset?.slug}`, '/datasets?q=%3Cimg', `/imports/${done.id}`]) {
    await page.goto(me().url + path);
    await expect(page.getByText('<img src=x').first()).toBeVisible();
    expect(await page.title()).not.toBe('1');
  }
  const csv = await me().ask('GET', `/api/v1/datasets/${done.dataset?.slug}/export?format=csv`);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  expect(csv.headers.get('x-content-type-options')).toBe('nosniff');
});

test('#64 endpoint, bucket, key and owner that the client sends are ignored', async () => {
  const made = await me().create('sent.csv', 4, {
    endpoint: 'http://evil.test',
    bucket: 'evil',
    objectKey: 'evil',
    key: 'evil',
    userId: '00000000-0000-4000-8000-000000000000',
    uploadId: 'evil',
  });
  if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
  const url = new URL(made.upload.url);
  expect(url.origin).toBe(process.env.SLUICE_STORE);
  expect(url.href).not.toContain('evil');
  expect(url.pathname).toMatch(/\/imports\/[0-9a-f-]{36}$/);
});

test('#65 a cross-site POST is refused, and so is one with a cookie that does not say where it comes from', async () => {
  const made = await me().create('forged.csv', 4);
  const url = `${me().url}/api/v1/imports/${made.import.id}/cancellation`;
  const forgeries: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.test' },
    { 'sec-fetch-site': 'same-site', origin: 'https://sibling.test' },
    { origin: 'https://evil.test' },
    { origin: 'null' },
    {},
  ];
  for (const headers of forgeries) {
    const answer = await fetch(url, { method: 'POST', headers: { cookie: cookie(), ...headers } });
    expect(answer.status, JSON.stringify(headers)).toBe(403);
  }
  expect((await me().get(made.import.id)).status).toBe('UPLOADING');
});

test('#65 a page of another site cannot send the cookie at all', async ({ page }) => {
  const names = await page.context().cookies(me().url);
  expect(names.length).toBeGreaterThan(0);
  for (const request of names)
    expect([request.name, request.httpOnly, request.sameSite]).toEqual([request.name, true, 'Lax']);
});

test('#69 a forged or huge Last-Event-ID gets the snapshot', async () => {
  const made = await me().create('watched.csv', 4);
  for (const id of ['-1', '9'.repeat(8_000), "1' or '1'='1", 'NaN', '18446744073709551616']) {
    const stop = new AbortController();
    const answer = await fetch(`${me().url}/api/v1/events?import=${made.import.id}`, {
      headers: { cookie: cookie(), 'last-event-id': id },
      signal: stop.signal,
    });
    expect(answer.status).toBe(200);
    let text = '';
    for await (const piece of answer.body ?? []) {
      text += Buffer.from(piece).toString();
      if (text.includes('event: import')) break;
    }
    stop.abort();
    expect(text).toContain(made.import.id);
  }
});

test('a wrong password is not tried for ever', async () => {
  const nobody = new Caller(me().url, '');
  const body = { email: 'nobody@example.com', password: 'not the password' };
  const statuses = [];
  for (let i = 0; i < 11; i++) statuses.push((await nobody.ask('POST', '/api/v1/session', body)).status);
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  const refused = await nobody.ask('POST', '/api/v1/session', body);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
