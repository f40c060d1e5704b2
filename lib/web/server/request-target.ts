import type { IncomingMessage } from 'node:http';

/** What an address is refused with before Next sees it. */
interface Refusal {
  status: 400 | 405;
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
  if (!path.startsWith('/') || !isText(path)) {
    return { status: 400, message: 'This address is not valid: a part of it is not text in UTF-8.' };
  }
  const isRead = method === 'GET' || method === 'HEAD';
  const isAllowed = isRead || (path.startsWith('/api/') && method !== 'TRACE' && method !== 'TRACK');
  return isAllowed ? null : { status: 405, message: 'This method is not allowed here.' };
}

/** Whether a path decodes to text that a database can look up: Postgres has no NUL. */
function isText(path: string): boolean {
  try {
    return !decodeURIComponent(path).includes('\0');
  } catch {
    return false;
  }
}
