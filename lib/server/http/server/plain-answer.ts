import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { ErrorCode } from '@/lib/server/platform/errors';
import { noPage, securityHeaders, strictTransport } from '../security-headers';

const codes: Record<number, ErrorCode | 'internal' | 'method-not-allowed'> = {
  400: 'bad-request',
  404: 'not-found',
  405: 'method-not-allowed',
  500: 'internal',
  503: 'unavailable',
};

/**
 * Puts the security headers on an answer before anybody writes it: Next leaves them out of its own redirects (308) and
 * of what it fails at. Pages replace the policy by their own.
 */
export function setSecurityHeaders(request: IncomingMessage, response: ServerResponse): void {
  for (const { key, value } of [...securityHeaders, noPage]) response.setHeader(key, value);
  if (request.headers['x-forwarded-proto'] === 'https') {
    response.setHeader(strictTransport.key, strictTransport.value);
  }
}

/** An answer that needs no page: JSON under /api, else a sentence. */
export function answerPlainly(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  message: string,
): void {
  const isApi = request.url?.startsWith('/api/');
  response.statusCode = status;
  response.setHeader('cache-control', 'no-store');
  if (status === 405) response.setHeader('allow', 'GET, HEAD');
  response.setHeader('content-type', isApi ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8');
  response.end(isApi ? JSON.stringify({ error: { code: codes[status], message } }) : `${message}\n`);
}

/** A whole answer for a connection whose request could not be parsed, so that there is nothing to answer with. */
export function statusText(status: number): string {
  const headers = [...securityHeaders, noPage].map(({ key, value }) => `${key}: ${value}\r\n`).join('');
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${headers}Connection: close\r\nContent-Length: 0\r\n\r\n`;
}
