import { AppError } from '@/lib/server/platform/errors';
import type { Scope } from '@/lib/shared/schema/user/user-labels';
import type { User } from '../../platform/user';
import { userOfBearer } from './bearer';
import { findSession } from './find-session';

/**
 * Who makes this request: the one place that knows. A credential in the Authorization header counts alone, whatever
 * cookies come with it; otherwise the session's cookie does.
 * @param scope what an API token has to be allowed here; without one no token is taken
 * @throws AppError `unauthenticated` when nobody is signed in, `forbidden` for a token without the scope
 */
export async function requireUser(request: Request, scope?: Scope): Promise<User> {
  const authorization = request.headers.get('authorization');
  const user = authorization ? await userOfBearer(authorization, scope) : (await findSession(request))?.user;
  if (!user) {
    throw new AppError(
      'unauthenticated',
      authorization
        ? 'This token is not valid, or has expired.'
        : 'You are not signed in, or your session has ended. Sign in and try again.',
    );
  }
  return user;
}

/**
 * The session that makes a request of a person who is known.
 * @returns null for the command line on this machine, which has none
 * @throws AppError `unauthenticated` when it ended meanwhile
 */
export async function requireSession(request: Request): Promise<string | null> {
  if (request.headers.has('authorization')) return null;
  const session = await findSession(request);
  if (!session) throw new AppError('unauthenticated', 'Your session has ended. Sign in and try again.');
  return session.id;
}

/** @throws AppError `forbidden` unless the person is an administrator */
export function requireAdmin(user: User): void {
  if (user.role !== 'ADMIN') throw new AppError('forbidden', 'Only administrators can do this.');
}
