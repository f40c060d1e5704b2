import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Has TRACE and TRACK refused. The Request that Next makes of every request cannot be one of these, so that it answers
 * 500; Node tells of a request before Next hears of it, and that is where it is led to an address that refuses what
 * it is not made for, with 405.
 *
 * Nothing plainer comes early enough: proxy.ts, rewrites and handlers all run behind that Request, and a server of our
 * own in front of Next is more to keep right than one subscription.
 */
export function refuseTrace(): void {
  subscribe('http.server.request.start', (message) => {
    if (!isStart(message)) return;
    const { request } = message;
    if (request.method !== 'TRACE' && request.method !== 'TRACK') return;
    request.method = 'PATCH';
    request.url = '/api/health';
  });
}

function isStart(message: unknown): message is { request: IncomingMessage } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
