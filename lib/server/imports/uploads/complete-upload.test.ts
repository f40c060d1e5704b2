import { beforeAll, describe, expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { headObject } from '@/lib/server/platform/storage/objects';
import type { User } from '@/lib/server/platform/user';
import { MiB } from '@/lib/shared/bytes';
import { openDatabase } from '@/testing/environment';
import { makeUser } from '@/testing/people';
import { createImport } from '../create-import';
import { completeUpload } from './complete-upload';
import { resumeUpload, signParts } from './upload-parts';

openDatabase();

/** More than a store lists at a time. */
const partCount = 1_003;
const partSize = 7;
const fileSize = partSize * partCount - 3;
const content = Buffer.from('a,b\n1,2\n'.repeat(partCount)).subarray(0, fileSize);

/** Parts as small as nobody makes them. */
async function cutInto(publicId: string, size: number, each: number): Promise<void> {
  await db().import.update({
    where: { publicId },
    data: { fileSize: size, upload: { update: { partSize: each } } },
  });
}

describe('an upload of more parts than a store lists at a time', () => {
  let user: User;
  let id = '';

  async function send(partNumbers: number[]): Promise<void> {
    for (let at = 0; at < partNumbers.length; at += 50) {
      const { parts } = await signParts(id, partNumbers.slice(at, at + 50), user);
      const sent = parts.map(async ({ partNumber, url }) => {
        const body = content.subarray((partNumber - 1) * partSize, partNumber * partSize);
        expect((await fetch(url, { method: 'PUT', body })).status).toBe(200);
      });
      await Promise.all(sent);
    }
  }

  beforeAll(async () => {
    user = await makeUser();
    const made = await createImport({ fileName: 'parts.csv', fileSize: 20 * MiB }, user);
    id = made.import.id;
    await cutInto(id, fileSize, partSize);
  });

  it('goes on after what is up, is refused while a part is missing or cut short, and is put together once', async () => {
    const numbers = Array.from({ length: partCount }, (_, i) => i + 1);
    await send(numbers.filter((number) => number !== 1_002));
    const first = await resumeUpload(id, 0, user);
    const rest = await resumeUpload(id, 1_000, user);
    expect(first).toMatchObject({ kind: 'multipart', partCount, next: 1_000 });
    expect(first.kind === 'multipart' && first.parts.length).toBe(1_000);
    expect(rest).toMatchObject({
      parts: [
        { partNumber: 1_001, size: 7 },
        { partNumber: 1_003, size: 4 },
      ],
      next: null,
    });
    await expect(completeUpload(id, user)).rejects.toThrow(
      '1002 of 1003 parts are uploaded: upload the others first.',
    );

    await send([1_002]);
    const { objectKey } = await db().import.findFirstOrThrow({ where: { publicId: id } });
    // The file grew after its upload began: the last part is not as long as it would have to be.
    await db().import.update({ where: { publicId: id }, data: { fileSize: fileSize + 1 } });
    await expect(completeUpload(id, user)).rejects.toThrow(
      'Part 1003 of 1003 is not up in its 5 bytes: upload it again.',
    );
    expect(await headObject(objectKey)).toBeNull();
    await db().import.update({ where: { publicId: id }, data: { fileSize } });

    expect(await completeUpload(id, user)).toMatchObject({ status: 'INSPECTING' });
    expect((await headObject(objectKey))?.size).toBe(fileSize);
    expect(await completeUpload(id, user)).toMatchObject({ id });
    const kept = await db().uploadedPart.count({ where: { upload: { import: { publicId: id } } } });
    expect(kept).toBe(partCount);
  }, 120_000);
});

it('many completions at once answer the same, and put the parts together once', async () => {
  const user = await makeUser();
  for (let round = 0; round < 3; round++) {
    const made = await createImport({ fileName: 'parts.csv', fileSize: 20 * MiB }, user);
    const { id } = made.import;
    await cutInto(id, 6, 2);
    const { parts } = await signParts(id, [1, 2, 3], user);
    const body = 'a\n1\n2\n';
    for (const [i, { url }] of parts.entries()) {
      expect((await fetch(url, { method: 'PUT', body: body.slice(2 * i, 2 * i + 2) })).status).toBe(200);
    }
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => completeUpload(id, user)));
    const failed = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(failed).toEqual([]);
    expect(await db().uploadedPart.count({ where: { upload: { import: { publicId: id } } } })).toBe(3);
    const { etag, objectKey } = await db().upload.findFirstOrThrow({ where: { import: { publicId: id } } });
    expect((await headObject(objectKey))?.etag).toBe(etag);
  }
});
