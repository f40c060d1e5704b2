import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Has TRACE and TRACK refused. The Request that Next makes of every request cannot be one of these, so that it answers
 * 500; Node tells of a request before Next hears of it, and that is where it is led to an address that refuses what
 * it is not made for, with 405.
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
