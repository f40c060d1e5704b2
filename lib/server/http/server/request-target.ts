import type { IncomingMessage } from 'node:http';

/** What an address is refused with before Next sees it. */
interface Refusal {
  status: 400 | 404 | 405;
  message: string;
}

/**
 * Brings the address of a request into the one form that Next reads: a path. A proxy may send a whole address.
 * A path that is no text (%ff) is refused because Next fails while it decodes it, TRACE because the Request that Next
 * makes cannot be one: it answered both with 500. Pages are only read: what else is sent to them Next takes for a
 * form of its own and reads to the end.
 * @returns null where all is well
 */
export function readTarget(request: IncomingMessage): Refusal | null {
  const { method, url = '' } = request;
  const whole = /^https?:\/\//i.test(url) && URL.canParse(url) ? new URL(url) : null;
  if (whole) request.url = `${whole.pathname}${whole.search}`;
  const path = (request.url ?? '').split('?')[0] ?? '';
  const text = path.startsWith('/') ? decoded(path) : null;
  if (text === null) {
    return { status: 400, message: 'This address is not valid: a part of it is not text in UTF-8.' };
  }
  // Postgres has no NUL, so nothing has such a name.
  if (text.includes('\0')) return { status: 404, message: 'There is nothing at this address.' };
  const isRead = method === 'GET' || method === 'HEAD';
  const isAllowed = isRead || (path.startsWith('/api/') && method !== 'TRACE' && method !== 'TRACK');
  return isAllowed ? null : { status: 405, message: 'This method is not allowed here.' };
}

/** What a path says; null for one that is no text. */
function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
