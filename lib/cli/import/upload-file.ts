import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { apiOf, type Server } from '../api/api';
import { assertNoOtherFormat, statFile } from './open-file';

/** Parts that go up at a time. */
const parallel = 4;
const tries = 5;

async function put(url: string, body: Uint8Array, headers: Record<string, string> = {}): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await fetch(url, { method: 'PUT', body: Buffer.from(body), headers });
      // 412: the store writes a file once, and an earlier try got through although its answer was lost.
      if (answer.ok || answer.status === 412) return;
      if (answer.status === 507) throw new Error('The disk of the file store is full.');
      throw new Error(`The store answered ${answer.status} to an upload.`);
    } catch (error) {
      if (attempt === tries) throw error;
      await sleep(200 * 2 ** attempt);
    }
  }
}

/**
 * Uploads a file as a browser does: straight to the store through signed addresses.
 * @param onProgress told of the bytes that are up
 * @param onCreated called with the import's id before the first byte goes up
 */
export async function uploadFile(
  server: Server,
  path: string,
  onProgress: (bytes: number, of: number) => void,
  onCreated: (id: string) => Promise<void> = async () => {},
): Promise<ImportView> {
  const { size } = await statFile(path);
  await assertNoOtherFormat(path);
  const api = apiOf(server);
  const made = await api.post('/imports', { body: { fileName: basename(path), fileSize: size } });
  await onCreated(made.import.id);
  const params = { path: { id: made.import.id } };
  const complete = () => api.post('/imports/{id}/upload/completion', { params });
  const file = await open(path);
  try {
    if (made.upload.kind === 'single') {
      await put(made.upload.url, await file.readFile(), made.upload.headers);
      onProgress(size, size);
      return await complete();
    }
    const { partSize, partCount } = made.upload;
    let next = 1;
    let up = 0;
    const sendParts = async () => {
      while (next <= partCount) {
        const partNumber = next++;
        const body = { partNumbers: [partNumber] };
        const signed = await api.post('/imports/{id}/upload/parts', { params, body });
        const [target] = signed.parts;
        if (!target) throw new Error('The server signed no address.');
        const bytes = new Uint8Array(target.size);
        await file.read(bytes, 0, target.size, (partNumber - 1) * partSize);
        await put(target.url, bytes);
        up += target.size;
        onProgress(up, size);
      }
    };
    await Promise.all(Array.from({ length: parallel }, sendParts));
    return await complete();
  } finally {
    await file.close();
  }
}
