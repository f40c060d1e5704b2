import { z } from 'zod';
import { MiB } from '@/lib/shared/bytes';
import type { Scope } from '@/lib/shared/schema/user-labels';
import { requireAdmin, requireUser } from '../identity/auth/require-user';
import { attachment } from '../platform/attachment';
import type { Download } from '../platform/download';
import { AppError, type ErrorCode, httpStatus } from '../platform/errors';
import { fullDiskMessage } from '../platform/full-disk';
import { countRequest, countVisitor } from '../platform/limits/count-request';
import { log } from '../platform/log';
import { askedBy } from '../platform/origin';
import { isOutage } from '../platform/outage';
import type { User } from '../platform/user';
import { assertSameSite } from './assert-same-site';

/** No request of ours is larger: files go to the store, not through the web server. */
const maxBodyBytes = MiB;

interface Context<P> {
  params: Promise<P>;
}

/** JSON, with bigints as strings and dates as ISO 8601. */
export function json(value: unknown, status = 200): Response {
  const text = JSON.stringify(value, (_key, v: unknown) => (typeof v === 'bigint' ? v.toString() : v));
  return new Response(text, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  });
}

function failure(code: ErrorCode, message: string, retryAfter?: number): Response {
  const answer = json({ error: { code, message } }, httpStatus[code]);
  if (code === 'unavailable') answer.headers.set('retry-after', String(outageSeconds));
  if (retryAfter !== undefined) answer.headers.set('retry-after', String(retryAfter));
  return answer;
}

/** What an outage is called. It may be as short as a burst of requests that all want a connection at once. */
const outage =
  'The database or the file store cannot be reached right now, or has too much to do. Try again in a moment.';
const outageSeconds = 2;

type Handler<P> = (request: Request, context: Context<P>) => Promise<Response>;

/**
 * Wraps a route handler: who is there, the handler's answer, and every error as `{error:{code,message}}`.
 * @param handler gets the request, the signed-in user and the path's parameters
 * @param scope what an API token has to be allowed; a handler that names none takes no token
 */
export function route<P = Record<string, never>>(
  handler: (request: Request, user: User, params: P) => Promise<Response>,
  scope?: Scope,
): Handler<P> {
  return answered<P>(async (request, params) => {
    const user = await requireUser(request, scope);
    await countRequest(request.method, new URL(request.url).pathname, user);
    return handler(request, user, params);
  });
}

/** The same for what only administrators may do. */
export function adminRoute<P = Record<string, never>>(
  handler: (request: Request, user: User, params: P) => Promise<Response>,
): Handler<P> {
  return route<P>(async (request, user, params) => {
    requireAdmin(user);
    return handler(request, user, params);
  });
}

/**
 * The same for the few that answer whoever asks: signing in, the set-up, invitations. `e2e/access/handlers.ts` names
 * them, and the tests fail for any other handler that answers without a session.
 */
export function openRoute<P = Record<string, never>>(
  handler: (request: Request, params: P) => Promise<Response>,
): Handler<P> {
  return answered<P>(async (request, params) => {
    await countVisitor(request);
    return handler(request, params);
  });
}

/** Refuses what another site sends, and turns every error into an answer. */
function answered<P>(handler: (request: Request, params: P) => Promise<Response>): Handler<P> {
  return async (request, context) => {
    try {
      assertSameSite(request);
      const params = await context.params;
      return await askedBy(request, () => handler(request, params));
    } catch (error) {
      if (error instanceof AppError) return failure(error.code, error.message, error.retryAfter);
      if (error instanceof z.ZodError) return failure('bad-request', sentence(error));
      if (isGone(request, error)) return failure('bad-request', 'The request ended before it was whole.');
      log().error({ err: error, path: new URL(request.url).pathname }, 'request failed');
      if (isOutage(error)) return failure('unavailable', (await fullDiskMessage(error)) ?? outage);
      return json(
        { error: { code: 'internal', message: 'Something went wrong on our side. Try again.' } },
        500,
      );
    }
  };
}

function sentence(error: z.ZodError): string {
  const said = error.issues
    .slice(0, 3)
    .map((i) => (i.path.length ? `${i.path.join('.')}: ${i.message}` : i.message));
  return `The request does not have the expected form (${said.join('; ')}).`;
}

/** Whether the client went away while it was sending: nobody reads the answer, and nothing is wrong here. */
function isGone(request: Request, error: unknown): boolean {
  if (request.signal.aborted) return true;
  // Node fails the body with this before it says that the connection is closed.
  return (
    error instanceof Error && 'code' in error && error.code === 'ECONNRESET' && error.message === 'aborted'
  );
}

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

/** Adds what sets or takes away cookies to an answer. */
export function withCookies(answer: Response, from: Headers): Response {
  for (const cookie of from.getSetCookie()) answer.headers.append('set-cookie', cookie);
  return answer;
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

/** Sends a file piece by piece: memory does not grow with it. */
export function download({ fileName, type, pieces }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    // No piece is made before it is wanted: pieces may be pages of megabytes.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': /^text\/|json$/.test(type) ? `${type}; charset=utf-8` : type,
      'content-disposition': attachment(fileName),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
