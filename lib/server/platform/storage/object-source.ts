import { setTimeout as sleep } from 'node:timers/promises';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { env } from '../env';
import { messageOf } from '../errors';
import { Outage } from '../outage';
import { store } from './client';
import { statusOf } from './status-of';

interface Limits {
  /** A body that sends nothing for this long is given up and asked for again: sockets can hang for ever. */
  stallMilliseconds: number;
  /** Failures in a row, without a byte between them, before it counts as an outage. Waits grow to 5 s. */
  patience: number;
}

const usualLimits = (): Limits => ({ stallMilliseconds: env().S3_STALL_SECONDS * 1000, patience: 8 });

/** The store sent another version of the object than was asked for. */
class Replaced extends Error {}

/** An ETag without quotes and without the mark that proxies put on what they recompressed. */
const bare = (etag: string) => etag.replace(/^W\//, '').replaceAll('"', '');

export interface ObjectSource {
  readonly name: string;
  readonly size: number;
  stream(start?: number, end?: number): AsyncIterable<Uint8Array>;
  read(start: number, end: number): Promise<Uint8Array>;
}

/**
 * The bytes of a stored object, of exactly the version that was uploaded (`If-Match`), over dropped and stalled
 * connections: it goes on with `Range` where the bytes stopped.
 * @param object key, ETag and size as verified when the upload was completed; name only for messages
 * @param signal aborts whatever is under way
 * @param limits when to give up
 * Iterating throws ImportFailure FILE_CHANGED when the object is gone or another one, and an Error (an outage,
 * to be retried) when the store cannot be reached in `patience` tries.
 */
export function objectSource(
  object: { key: string; etag: string; size: number; name: string },
  signal?: AbortSignal,
  { stallMilliseconds, patience }: Limits = usualLimits(),
): ObjectSource {
  async function* stream(start = 0, end = object.size): AsyncGenerator<Uint8Array> {
    let at = start;
    let failures = 0;
    while (at < end) {
      try {
        for await (const chunk of body(at, end)) {
          // Some stores send more than was asked for.
          const wanted = at + chunk.byteLength > end ? chunk.subarray(0, end - at) : chunk;
          at += wanted.byteLength;
          failures = 0;
          yield wanted;
          if (at === end) break;
        }
        if (at < end) throw new Error('the store closed the connection early');
      } catch (error) {
        signal?.throwIfAborted();
        const status = statusOf(error);
        if (error instanceof Replaced || status === 412 || status === 404 || status === 416) {
          throw new ImportFailure(
            'FILE_CHANGED',
            `The stored file of ${object.name} is not the one that was uploaded any more, or is gone.`,
            { cause: error },
          );
        }
        if (++failures > patience) {
          throw new Outage(`The file store did not answer (${messageOf(error)}).`, { cause: error });
        }
        await sleep(Math.min(5_000, 100 * 2 ** failures), undefined, { signal });
      }
    }
  }

  async function* body(start: number, end: number): AsyncGenerator<Uint8Array> {
    const stalled = new AbortController();
    const stop = () => stalled.abort(signal?.reason);
    signal?.addEventListener('abort', stop, { once: true });
    let timer = setTimeout(() => stalled.abort(), stallMilliseconds);
    try {
      const answer = await store().send(
        new GetObjectCommand({
          Bucket: env().S3_BUCKET,
          Key: object.key,
          IfMatch: object.etag,
          Range: `bytes=${start}-${end - 1}`,
        }),
        { abortSignal: stalled.signal },
      );
      const readable = answer.Body;
      if (!readable || !(Symbol.asyncIterator in readable)) throw new Error('the store sent no body');
      const destroy = () => 'destroy' in readable && readable.destroy(new Error('the store stopped sending'));
      stalled.signal.addEventListener('abort', destroy, { once: true });
      try {
        // Not every store heeds If-Match and Range: one that does not must not be believed.
        if (answer.ETag !== undefined && bare(answer.ETag) !== bare(object.etag)) throw new Replaced();
        if (start > 0 && !answer.ContentRange?.startsWith(`bytes ${start}-`)) {
          throw new Error('the store sent another part of the file');
        }
        for await (const chunk of readable) {
          clearTimeout(timer);
          yield chunk;
          timer = setTimeout(() => stalled.abort(), stallMilliseconds);
        }
      } finally {
        destroy();
      }
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
    }
  }

  return {
    name: object.name,
    size: object.size,
    stream,
    async read(start, end) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream(start, Math.min(end, object.size))) chunks.push(chunk);
      return Buffer.concat(chunks);
    },
  };
}
