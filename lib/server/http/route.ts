import { z } from 'zod';
import type { Scope } from '@/lib/shared/schema/user/user-labels';
import { requireAdmin, requireUser } from '../identity/auth/require-user';
import { AppError, type ErrorCode, httpStatus } from '../platform/errors';
import { fullDiskMessage } from '../platform/full-disk';
import { countRequest, countVisitor } from '../platform/limits/count-request';
import { log } from '../platform/log';
import { isOutage } from '../platform/outage';
import { runAsRequest } from '../platform/request-source';
import type { User } from '../platform/user';
import { json } from './answer';
import { assertSameSite } from './assert-same-site';

interface Context<P> {
  params: Promise<P>;
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
      return await runAsRequest(request, () => handler(request, params));
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
