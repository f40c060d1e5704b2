import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginClosing } from '@/lib/server/platform/closing';
import { messageOf } from '@/lib/server/platform/errors';
import { log } from '@/lib/server/platform/log';
import { answerPlainly, setSecurityHeaders, statusText } from './plain-answer';
import { readTarget } from './request-target';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * How long a client may take, in milliseconds. Node's own 60 s for the headers, looked at every 30 s, kept a
 * connection that sent nothing open for 67 s. Bodies are 1 MiB at most, since files go to the store. Progress streams
 * are not silent: they ping every 15 s.
 */
export const patience = {
  headers: 10_000,
  wholeRequest: 30_000,
  lookEvery: 1_000,
  /** Neither side has moved a byte: an answer that nobody reads, or a connection that broke without a word. */
  silence: 120_000,
  /** Running requests may take this long after the signal to stop. Heroku kills after 30 s, Docker after 10. */
  finish: 8_000,
};

/**
 * Requests that wait for the beginning of their answer at a time. More are told to come back: 400 at once found no
 * connection to the database, and 800 filled the heap, so that the server ended with everything it had begun.
 */
export const mostWaiting = 200;
const comeBackSeconds = 2;

export interface HttpServer {
  /** The port it listens on. @param host undefined: every address of this machine @throws Error when it is taken */
  listen(port: number, host: string | undefined): Promise<number>;
  /**
   * Takes no more requests, ends progress streams, lets running requests finish and cuts those that take longer
   * than {@link patience} allows. A download that is cut is recognisable as incomplete: its last chunk is missing.
   * @returns how many were cut
   */
  close(): Promise<number>;
}

/** An HTTP server whose every answer has the security headers, whose clients cannot dawdle, and which can stop. */
export function httpServer(handle: Handle, limits = patience): HttpServer {
  const running = new Map<ServerResponse, Socket>();
  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.wholeRequest,
      connectionsCheckingInterval: limits.lookEvery,
      // Nothing here speaks another protocol: the request is answered as if it had not asked for one.
      shouldUpgradeCallback: () => false,
    },
    (request, response) => {
      running.set(response, request.socket);
      response.once('close', () => {
        running.delete(response);
        if (!server.listening) setImmediate(() => server.closeIdleConnections());
      });
      // A client that goes away in the middle is its own business.
      request.on('error', () => undefined);
      response.on('error', () => undefined);
      setSecurityHeaders(request, response);
      if (!server.listening) response.setHeader('connection', 'close');
      const refusal = readTarget(request);
      if (refusal) answerPlainly(request, response, refusal.status, refusal.message);
      else if (waiting() > mostWaiting && request.url !== '/api/health') {
        response.setHeader('retry-after', String(comeBackSeconds));
        answerPlainly(request, response, 503, 'There is too much to do right now. Try again in a moment.');
      } else void answer(request, response);
    },
  );
  server.timeout = limits.silence;

  /** Streams and downloads that have begun wait for nothing. */
  function waiting(): number {
    let count = 0;
    for (const response of running.keys()) if (!response.headersSent) count++;
    return count;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await handle(request, response);
    } catch (error) {
      if (response.destroyed) return;
      log().error({ err: error, path: request.url?.split('?')[0] }, 'request failed');
      if (response.headersSent) response.destroy();
      else answerPlainly(request, response, 500, 'Something went wrong on our side. Try again.');
    }
  }

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const isBusy = [...running.values()].includes(socket);
    if (isBusy || !socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
    socket.end(statusText(statusOf(error.code)), () => socket.destroy());
  });

  return {
    listen: async (port, host) => {
      const failed = once(server, 'error').then(([error]) => Promise.reject(error));
      server.listen(port, host);
      await Promise.race([once(server, 'listening'), failed]);
      server.on('error', (error) => log().error({ err: messageOf(error) }, 'the web server'));
      const address = server.address();
      return typeof address === 'object' ? (address?.port ?? port) : port;
    },
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const response of running.keys()) {
        if (!response.headersSent) response.setHeader('connection', 'close');
      }
      beginClosing();
      server.closeIdleConnections();
      const late = new AbortController();
      const cut = sleep(limits.finish, undefined, { signal: late.signal }).then(
        () => {
          const left = running.size;
          server.closeAllConnections();
          return left;
        },
        () => 0,
      );
      await closed;
      late.abort();
      return cut;
    },
  };
}

function statusOf(code: string | undefined): number {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 408;
  return code === 'HPE_HEADER_OVERFLOW' ? 431 : 400;
}
