import type { z } from 'zod';
import { MiB } from '@/lib/shared/bytes';
import { AppError } from '../platform/errors';

/** No request of ours is larger: files go to the store, not through the web server. */
const maxBodyBytes = MiB;

/**
 * The request's JSON body, parsed by a schema.
 * @throws AppError `too-large` above 1 MiB (before reading it where its length is declared),
 *   `unsupported-media-type` unless it is JSON, `bad-request` if it does not parse
 */
export async function parseBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.infer<S>> {
  if (!/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) {
    throw new AppError('unsupported-media-type', 'Send JSON (content-type: application/json).');
  }
  const bytes = await readBody(request);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AppError('bad-request', 'The body is not valid JSON.');
  }
  return storable(schema.parse(value));
}

/**
 * Postgres takes neither NUL nor half of a surrogate pair.
 * @throws AppError `bad-request` where a text in what was parsed has one
 */
function storable<T>(parsed: T): T {
  const rest: unknown[] = [parsed];
  while (rest.length > 0) {
    const value = rest.pop();
    if (typeof value === 'string' && (value.includes('\0') || !value.isWellFormed())) {
      throw new AppError(
        'bad-request',
        'The request holds a NUL or half of a surrogate pair, which no text here may have.',
      );
    }
    if (typeof value === 'object' && value !== null) rest.push(...Object.values(value));
  }
  return parsed;
}

/** The same for a body that may be left out, and is `{}` then. */
export async function parseOptionalBody<S extends z.ZodType>(
  request: Request,
  schema: S,
): Promise<z.infer<S>> {
  return request.headers.has('content-type') ? parseBody(request, schema) : schema.parse({});
}

/** The bytes of a request's body. @throws AppError `too-large` above 1 MiB */
async function readBody(request: Request): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The request with its body read, for a library that would read it without a limit. @throws AppError `too-large` */
export async function withCappedBody(request: Request): Promise<Request> {
  const { method, headers, url } = request;
  if (method === 'GET' || method === 'HEAD') return request;
  return new Request(url, { method, headers, body: new Uint8Array(await readBody(request)) });
}

function tooLarge(): AppError {
  return new AppError(
    'too-large',
    'A request may have at most 1 MiB. Files are uploaded to the store directly.',
  );
}

/** The query string, parsed by a schema (each parameter at most once). */
export function parseQuery<S extends z.ZodType>(request: Request, schema: S): z.infer<S> {
  return storable(schema.parse(Object.fromEntries(new URL(request.url).searchParams)));
}
