import { env } from '../platform/env';
import { AppError } from '../platform/errors';

/**
 * Only this site's own pages, and programs that carry no cookie, may change anything. A browser says where a request
 * comes from in Sec-Fetch-Site or, where it is older, in Origin; one that says neither but sends a cookie is refused,
 * since nobody could tell it from a forged one.
 * @throws AppError `forbidden`
 */
export function assertSameSite(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw crossSite();
  const origin = request.headers.get('origin');
  if (origin !== null && !isOwn(origin, request)) throw crossSite();
  if (site === null && origin === null && request.headers.has('cookie')) {
    throw new AppError(
      'forbidden',
      'The request carries a cookie but does not say which page it comes from, so it was refused. Send an Origin header, or no cookie.',
    );
  }
}

function crossSite(): AppError {
  return new AppError('forbidden', 'This request came from another site and was refused.');
}

/**
 * By the host alone: behind a proxy that ends TLS this server does not know its own scheme for certain. A page of
 * another site can set neither Host nor X-Forwarded-Host. PUBLIC_URL counts as well, for proxies that pass on neither.
 */
function isOwn(origin: string, request: Request): boolean {
  const { PUBLIC_URL } = env();
  if (PUBLIC_URL && origin === new URL(PUBLIC_URL).origin) return true;
  const own = request.headers.get('x-forwarded-host') ?? request.headers.get('host');
  return own !== null && URL.canParse(origin) && new URL(origin).host === firstOf(own);
}

/** Proxies in a row append to the header; the first entry is the one that the browser asked for. */
function firstOf(list: string): string {
  return (list.split(',')[0] ?? '').trim().toLowerCase();
}
