import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A way to PostgreSQL on which somebody listens. */
export interface StatementTap {
  /** Connection string that leads past the listener. */
  url: string;
  close(): Promise<void>;
}

/**
 * Opens a port of 127.0.0.1 that leads to a database.
 * @param hear is given each piece that a client sends, with the SQL in it. False: the piece does not arrive, and the
 *   connection is closed.
 */
export async function openStatementTap(
  databaseUrl: string,
  hear: (piece: string) => boolean,
): Promise<StatementTap> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        other.destroySoon();
      });
    }
    client.on('data', (piece: Buffer) => {
      if (hear(piece.toString())) upstream.write(piece);
      else client.destroy();
    });
    upstream.pipe(client);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The tap has no port.');
  return {
    url: Object.assign(new URL(target), { host: `127.0.0.1:${address.port}` }).href,
    async close() {
      server.close();
      for (const socket of open) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}
