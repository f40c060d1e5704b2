import { Refusal } from './refusal';
import type { SignedRequest } from './verify-signature';

/** What the store can do: what Sluice asks of one, and nothing else of S3. */
export type Operation =
  | { name: 'getObject' | 'headObject'; key: string; disposition: string | null }
  | { name: 'putObject' | 'deleteObject' | 'openUpload'; key: string }
  | { name: 'putPart'; key: string; uploadId: string; partNumber: number }
  | { name: 'listParts'; key: string; uploadId: string; after: number }
  | { name: 'finishUpload' | 'abortUpload'; key: string; uploadId: string };

/** Segments of plain characters, none of which begins with a dot: no key leads out of the bucket or to its own files. */
const keyForm = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** S3's own limit. */
const maxParts = 10_000;

function keyIn(path: string, bucket: string): string {
  const [, asked = '', ...segments] = path.split('/');
  if (asked !== bucket && asked !== '') throw new Refusal(404, 'NoSuchBucket', 'There is no such bucket.');
  const key = segments.join('/');
  if (key.length > 1_000 || !keyForm.test(key) || key.includes('._S3rver_'))
    throw new Refusal(400, 'InvalidArgument', 'This store has objects under plain names only.');
  return key;
}

/** The numbers from 1 to 10,000, written plainly. */
function partNumber(text: string): number {
  const number = /^[1-9]\d{0,4}$/.test(text) ? Number(text) : 0;
  if (number < 1 || number > maxParts) throw new Refusal(400, 'InvalidArgument', 'No such part number.');
  return number;
}

function uploadIdOf(text: string): string {
  if (!/^[0-9a-f]{32}$/.test(text)) throw new Refusal(404, 'NoSuchUpload', 'There is no such upload.');
  return text;
}

/**
 * The one thing that a request asks for.
 * @throws Refusal when it asks for anything else: every parameter has to be one of that operation
 */
export function operationOf({ method, path, query }: SignedRequest, bucket: string): Operation {
  const asked = new Map(query);
  // Says in words which operation the SDK means; what it is follows from the rest.
  asked.delete('x-id');
  asked.delete('x-amz-checksum-mode');
  const take = (name: string): string | null => {
    const value = asked.get(name) ?? null;
    asked.delete(name);
    return value;
  };
  const operation = read(method, keyIn(path, bucket), take);
  if (!operation || asked.size > 0)
    throw new Refusal(501, 'NotImplemented', 'The embedded store does not do this.');
  return operation;
}

function read(method: string, key: string, take: (name: string) => string | null): Operation | null {
  const upload = take('uploadId');
  if (upload === null) {
    if (method === 'GET' || method === 'HEAD') {
      const disposition = take('response-content-disposition');
      return { name: method === 'GET' ? 'getObject' : 'headObject', key, disposition };
    }
    if (method === 'PUT') return { name: 'putObject', key };
    if (method === 'DELETE') return { name: 'deleteObject', key };
    return method === 'POST' && take('uploads') === '' ? { name: 'openUpload', key } : null;
  }
  const uploadId = uploadIdOf(upload);
  if (method === 'PUT')
    return { name: 'putPart', key, uploadId, partNumber: partNumber(take('partNumber') ?? '') };
  if (method === 'POST') return { name: 'finishUpload', key, uploadId };
  if (method === 'DELETE') return { name: 'abortUpload', key, uploadId };
  if (method !== 'GET') return null;
  const marker = take('part-number-marker') ?? '0';
  return { name: 'listParts', key, uploadId, after: marker === '0' ? 0 : partNumber(marker) };
}
