import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import type { Pooler } from './pooler';

/** What PgBouncer takes when a connection opens, and Sluice may therefore say. */
const taken = ['user', 'database', 'client_encoding', 'datestyle', 'timezone', 'standard_conforming_strings'];
const startup = 196_608;
const cancellation = 80_877_102;

/**
 * A proxy before PostgreSQL that shows its clients what PgBouncer shows them where it pools transactions: it refuses
 * startup parameters that it does not know, takes LISTEN and hands nothing on, and has process ids of its own.
 */
export async function openPoolingProxy(databaseUrl: string): Promise<Pooler> {
  const target = new URL(databaseUrl);
  const open = new Set<Socket>();
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ port: Number(target.port), host: target.hostname, noDelay: true });
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        for (const other of [client, upstream]) other.destroySoon();
      });
    }
    let begun = Buffer.alloc(0);
    const onStart = (piece: Buffer) => {
      begun = Buffer.concat([begun, piece]);
      if (begun.length < 8 || begun.length < begun.readInt32BE(0)) return;
      const kind = begun.readInt32BE(4);
      if (kind !== startup && kind !== cancellation) {
        // TLS or GSSAPI is asked for.
        begun = begun.subarray(8);
        client.write('N');
        return;
      }
      client.off('data', onStart);
      const unknown = kind === startup ? unknownParameter(begun) : undefined;
      if (unknown !== undefined) return void client.end(refusal(unknown));
      upstream.write(begun);
      client.pipe(upstream);
    };
    client.on('data', onStart);
    const messages = handedOn();
    upstream.on('data', (piece: Buffer) => {
      if (!client.write(messages(piece))) {
        upstream.pause();
        client.once('drain', () => upstream.resume());
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The proxy has no port.');
  const url = new URL(databaseUrl);
  url.host = `127.0.0.1:${at.port}`;
  return {
    url: url.href,
    restart: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      if (server.listening) await once(server, 'close');
      server.listen(at.port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: async () => {
      server.close();
      for (const socket of open) socket.destroy();
      if (server.listening) await once(server, 'close');
    },
  };
}

function unknownParameter(message: Buffer): string | undefined {
  const words = message.subarray(8, message.readInt32BE(0)).toString().split('\0');
  return words.find(
    (word, i) => i % 2 === 0 && word !== '' && ![...taken, 'application_name'].includes(word.toLowerCase()),
  );
}

function refusal(parameter: string): Buffer {
  const fields = `SFATAL\0C08P01\0Munsupported startup parameter: ${parameter}\0\0`;
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, Buffer.from(fields)]);
}

/** Takes what PostgreSQL sends, and gives what goes on: whole messages, without what is told to listeners. */
function handedOn(): (piece: Buffer) => Buffer {
  let rest: Buffer = Buffer.alloc(0);
  return (piece) => {
    rest = Buffer.concat([rest, piece]);
    const passed: Buffer[] = [];
    while (rest.length > 0) {
      // Of the answer to a request for TLS, which is never handed up, there is nothing here.
      const end = rest.length < 5 ? Number.POSITIVE_INFINITY : 1 + rest.readInt32BE(1);
      if (rest.length < end) break;
      const message = Buffer.from(rest.subarray(0, end));
      rest = rest.subarray(end);
      const kind = String.fromCharCode(message[0] ?? 0);
      if (kind === 'K') message.writeInt32BE(4_242, 5);
      if (kind !== 'A') passed.push(message);
    }
    return Buffer.concat(passed);
  };
}
