import { randomUUID } from 'node:crypto';
import { beforeAll, expect, it } from 'vitest';
import { POST } from '@/app/api/v1/imports/route';
import { removeUser } from '@/lib/server/identity/users/remove-user';
import { createImport } from '@/lib/server/imports/create-import';
import { importWithoutAddress } from '@/lib/server/imports/source/without-address';
import { completeUpload } from '@/lib/server/imports/uploads/complete-upload';
import { db } from '@/lib/server/platform/db/client';
import { AppError } from '@/lib/server/platform/errors';
import { MiB } from '@/lib/shared/bytes';
import type { CreatedImport } from '@/lib/shared/schema/import/import';
import { openDatabase } from '@/testing/environment';
import { cookieOf, makeUser, type Person } from '@/testing/people';
import { answerOnce } from './answer-once';
import { purgeExpiredAnswers } from './purge-expired-answers';

openDatabase();

let ann: Person;
beforeAll(async () => {
  ann = await makeUser();
});

const asking = (key: string, path = '/api/v1/imports') =>
  new Request(`http://localhost${path}`, { method: 'POST', headers: { 'idempotency-key': key } });
const large = { fileName: 'large.csv', fileSize: 40 * MiB };
const imports = (user: Person) => db().import.count({ where: { userId: user.id } });

it('#58 twenty requests at once with one key make one import, and are answered alike', async () => {
  const before = await imports(ann);
  for (const fileSize of [10, large.fileSize]) {
    const key = randomUUID();
    const cookie = await cookieOf(ann);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        POST(
          new Request('http://localhost/api/v1/imports', {
            method: 'POST',
            headers: {
              cookie,
              host: 'localhost',
              origin: 'http://localhost',
              'content-type': 'application/json',
              'idempotency-key': key,
            },
            body: JSON.stringify({ fileSize, fileName: 'twenty.csv' }),
          }),
          { params: Promise.resolve({}) },
        ),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    // Each address is signed anew: they differ in the second, and in what follows from it.
    const unsigned = (text: string) => text.replace(/X-Amz-(?:Date|Signature)=\w+/g, '');
    const texts = await Promise.all(answers.map(async (answer) => unsigned(await answer.text())));
    expect(new Set(texts).size).toBe(1);
  }
  expect(await imports(ann)).toBe(before + 2);
});

it('no signed address is kept; whoever repeats the request gets one that works, until the upload has ended', async () => {
  const key = randomUUID();
  const small = { fileName: 'small.csv', fileSize: 4 };
  const once = () =>
    answerOnce(asking(key), ann, small, (id) => createImport(small, ann, id), importWithoutAddress);
  const first = await once();
  const { answer } = await db().idempotentResponse.findFirstOrThrow({ where: { key } });
  expect(answer).toContain(first.import.id);
  for (const secret of ['X-Amz', 'http', 'imports/']) expect(answer).not.toContain(secret);
  const again = await once();
  expect(again.import).toEqual(first.import);
  if (again.upload.kind !== 'single') throw new Error('It should go up in one piece.');
  const { url, headers } = again.upload;
  expect((await fetch(url, { method: 'PUT', body: 'a\n1\n', headers })).status).toBe(200);
  await completeUpload(first.import.id, ann);
  await expect(once()).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('has ended'),
  });
});

it('the same key with another body, or on another path, is refused; another person’s is another key', async () => {
  const key = randomUUID();
  const work = () => Promise.resolve({ n: 1 });
  await answerOnce(asking(key), ann, { a: 1 }, work);
  const refused = { code: 'unprocessable', message: expect.stringContaining('used for another request') };
  await expect(answerOnce(asking(key), ann, { a: 2 }, work)).rejects.toMatchObject(refused);
  await expect(answerOnce(asking(key, '/api/other'), ann, { a: 1 }, work)).rejects.toMatchObject(refused);
  const ben = await makeUser();
  const other = () => Promise.resolve({ n: 2 });
  expect(await answerOnce(asking(key), ben, { a: 2 }, other)).toEqual({ n: 2 });
  expect(await answerOnce(asking(key), ann, { a: 1 }, other)).toEqual({ n: 1 });
});

it('without a key every request does its work', async () => {
  let done = 0;
  const request = new Request('http://localhost/api/v1/imports', { method: 'POST' });
  for (let i = 0; i < 2; i++) await answerOnce(request, ann, {}, async () => ++done);
  expect(done).toBe(2);
});

it.each(['', 'é', 'x'.repeat(256), '\t'])('%j is no key', async (key) => {
  const request = new Request('http://localhost/', { headers: { 'idempotency-key': key } });
  await expect(answerOnce(request, ann, {}, async () => 1)).rejects.toMatchObject({ code: 'bad-request' });
});

it('what was refused may be repeated, by those who wait too, until it succeeds', async () => {
  const key = randomUUID();
  let tries = 0;
  const work = async () => {
    tries += 1;
    if (tries < 5) throw new AppError('too-many-requests', 'Go on in 1 s.');
    return { tries };
  };
  const all = await Promise.allSettled(
    Array.from({ length: 8 }, () => answerOnce(asking(key), ann, {}, work)),
  );
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(4);
  for (const response of all)
    if (response.status === 'fulfilled') expect(response.value).toEqual({ tries: 5 });
  expect(tries).toBe(5);
});

it('an attempt that died after its deed is taken over, and the deed is not done again', async () => {
  const key = randomUUID();
  let first: CreatedImport | undefined;
  const died = answerOnce(asking(key), ann, large, async (id) => {
    first = await createImport(large, ann, id);
    return new Promise<CreatedImport>(() => undefined);
  });
  void died;
  await expect.poll(() => first).toBeDefined();
  const before = await imports(ann);
  await db().idempotentResponse.updateMany({
    where: { key },
    data: { claimedAt: new Date(Date.now() - 31_000) },
  });
  const again = await answerOnce(asking(key), ann, large, (id) => createImport(large, ann, id));
  expect(again.import.id).toBe(first?.import.id);
  expect(again.upload).toEqual(first?.upload);
  expect(await imports(ann)).toBe(before);
});

it('an attempt that is only slow, and the one that took over, make one import', async () => {
  const id = randomUUID();
  const before = await imports(ann);
  const made = await Promise.all(Array.from({ length: 5 }, () => createImport(large, ann, id)));
  expect(new Set(made.map((response) => response.import.id))).toEqual(new Set([id]));
  expect(await imports(ann)).toBe(before + 1);
});

it('answers are kept for a day, and go with their person', async () => {
  const ben = await makeUser();
  const key = randomUUID();
  await answerOnce(asking(key), ben, {}, async () => 1);
  const after = (hours: number) => new Date(Date.now() + hours * 3600_000);
  await purgeExpiredAnswers(after(23.9));
  expect(await answerOnce(asking(key), ben, {}, async () => 2)).toBe(1);
  expect(await purgeExpiredAnswers(after(24.1))).toBeGreaterThan(0);
  expect(await answerOnce(asking(key), ben, {}, async () => 3)).toBe(3);
  await removeUser(ben.id, await makeUser('ADMIN'));
  expect(await db().idempotentResponse.count({ where: { userId: ben.id } })).toBe(0);
});
