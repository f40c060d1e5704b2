import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy on loopback that can be told to misbehave, as networks do. */
export interface Network {
  port: number;
  /** Bytes that went from the server to clients since the start. */
  received(): number;
  /** Resolves once so many more bytes went from the server to clients. */
  after(bytes: number): Promise<void>;
  /** Resets every open connection; new ones are let through. */
  cut(): void;
  /** Neither reads nor writes any more, on open and new connections alike, until `go`. */
  stall(): void;
  /** Holds every piece back for so long. 0: none. */
  delay(milliseconds: number): void;
  /** Answers every request itself, with HTTP 503, until `go`. */
  refuse(): void;
  /** Resets connections in the middle of an answer, after so many of its bytes, until `go`. */
  resetEvery(bytes: number): void;
  /** Behaves again. */
  go(): void;
  close(): Promise<void>;
}

const slowDown =
  '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>';
const unavailable = `HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nContent-Length: ${slowDown.length}\r\nConnection: close\r\n\r\n${slowDown}`;

/** Opens a proxy to a port of this machine. */
export async function openProxy(target: number): Promise<Network> {
  const open = new Set<Socket>();
  const waiting: { at: number; resolve: () => void }[] = [];
  let received = 0;
  let stalled = false;
  let refusing = false;
  let hold = 0;
  let resetBytes = Number.POSITIVE_INFINITY;

  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: target, host: '127.0.0.1', noDelay: true });
    let answered = 0;
    for (const socket of [client, upstream]) {
      open.add(socket);
      if (stalled) socket.pause();
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        // Half a connection is of no use to anybody.
        for (const other of [client, upstream]) if (other !== socket) other.destroySoon();
      });
    }
    carry(client, upstream, () => {
      answered = 0;
      if (!refusing) return true;
      client.end(unavailable);
      upstream.destroy();
      return false;
    });
    carry(upstream, client, (bytes) => {
      received += bytes;
      answered += bytes;
      for (const waiter of waiting.splice(0)) {
        if (waiter.at <= received) waiter.resolve();
        else waiting.push(waiter);
      }
      if (answered <= resetBytes) return true;
      reset(client);
      upstream.destroy();
      return false;
    });
  });

  /** Hands on what comes, with back-pressure. @param may asked before each piece; false: the piece is dropped */
  function carry(from: Socket, to: Socket, may: (bytes: number) => boolean): void {
    from.on('data', async (piece: Buffer) => {
      if (!may(piece.byteLength)) return;
      if (hold > 0) {
        from.pause();
        await new Promise((done) => setTimeout(done, hold));
      }
      if (!to.writable) return;
      if (to.write(piece)) {
        if (!stalled) from.resume();
        return;
      }
      from.pause();
      to.once('drain', () => stalled || from.resume());
    });
    from.on('end', () => to.end());
  }

  function reset(socket: Socket): void {
    if (!socket.destroyed) socket.resetAndDestroy();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The proxy has no port.');

  const network: Network = {
    port: address.port,
    received: () => received,
    after: (bytes) => new Promise((resolve) => waiting.push({ at: received + bytes, resolve })),
    cut: () => {
      for (const socket of open) reset(socket);
    },
    stall: () => {
      stalled = true;
      for (const socket of open) socket.pause();
    },
    delay: (milliseconds) => {
      hold = milliseconds;
    },
    refuse: () => {
      refusing = true;
    },
    resetEvery: (bytes) => {
      resetBytes = bytes;
    },
    go: () => {
      [stalled, refusing, hold, resetBytes] = [false, false, 0, Number.POSITIVE_INFINITY];
      for (const socket of open) socket.resume();
    },
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
  return network;
}
