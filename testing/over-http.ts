import { setTimeout as sleep } from 'node:timers/promises';
import type { CreatedImport, ImportView } from '@/lib/shared/schema/import/import';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { ask } from './visit';

/** A Sluice as a signed-in page talks to it. */
export class Caller {
  constructor(
    readonly url: string,
    private readonly cookie: string,
  ) {}

  /** One request as a page of this site makes it. */
  ask(method: string, path: string, body?: unknown): Promise<Response> {
    return ask(this.url, method, path, body, this.cookie);
  }

  /** The same, which has to succeed. */
  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.ask(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${await answer.text()}`);
    const value: T = await answer.json();
    return value;
  }

  create(fileName: string, fileSize: number, more: object = {}): Promise<CreatedImport> {
    return this.call('POST', '/api/v1/imports', { fileName, fileSize, ...more });
  }

  get(id: string): Promise<ImportDetails> {
    return this.call('GET', `/api/v1/imports/${id}`);
  }

  complete(id: string): Promise<ImportView> {
    return this.call('POST', `/api/v1/imports/${id}/upload/completion`, {});
  }

  /** Uploads a small file in one piece, and waits until its columns are known or it failed. */
  async upload(fileName: string, content: string): Promise<ImportDetails> {
    const body = Buffer.from(content);
    const made = await this.create(fileName, body.length);
    if (made.upload.kind !== 'single') throw new Error('It should go up in one piece.');
    const put = await fetch(made.upload.url, { method: 'PUT', body, headers: made.upload.headers });
    if (!put.ok) throw new Error(`The store answered ${put.status}.`);
    await this.complete(made.import.id);
    return this.until(made.import.id, ['MAPPING', 'FAILED']);
  }

  /** What the start button sends: the columns as they are proposed. */
  confirmation(inspected: ImportDetails, name: string): object {
    const columns = (inspected.inspection?.columns ?? []).map(({ index, name: column, type, ambiguous }) => ({
      index,
      name: column,
      type: ambiguous ? 'TEXT' : type,
    }));
    return { dataset: { name }, columns };
  }

  async until(id: string, wanted: ImportView['status'][]): Promise<ImportDetails> {
    for (;;) {
      const now = await this.get(id);
      if (wanted.includes(now.status)) return now;
      await sleep(50);
    }
  }
}

/** The owner of the Sluice that the browser tests run on. */
export const ownersCaller = () => new Caller(process.env.SLUICE_URL ?? '', process.env.SLUICE_COOKIE ?? '');
