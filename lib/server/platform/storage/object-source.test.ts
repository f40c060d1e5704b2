import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { type ObjectSource, objectSource } from './object-source';
import { headObject, putObject } from './objects';

/**
 * Between the reader and the store: after so many bytes from the store a connection is cut, or falls silent.
 */
class BadLine {
  fault: { after: number; how: 'cut' | 'stall' } | null = null;
  /** How often the fault is still to happen. */
  times = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  constructor(private port: number) {
    this.server = createServer((inside) => {
      const outside = connect(this.port, '127.0.0.1');
      let seen = 0;
      outside.on('data', (chunk) => {
        seen += chunk.byteLength;
        const { fault } = this;
        if (fault !== null && seen > fault.after && this.times > 0) {
          this.times--;
          outside.pause();
          inside.write(chunk.subarray(0, Math.max(0, chunk.byteLength - (seen - fault.after))), () => {
            if (fault.how === 'cut') inside.destroy();
          });
        } else inside.write(chunk);
      });
      inside.on('data', (chunk) => outside.write(chunk));
      for (const [socket, other] of [
        [inside, outside],
        [outside, inside],
      ] as const) {
        this.sockets.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => other.destroy());
      }
    });
  }

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  }

  /** Leads somewhere else from now on. @returns where it led before */
  leadTo(port: number): number {
    const before = this.port;
    this.port = port;
    for (const socket of this.sockets) socket.destroy();
    return before;
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }
}

const line = new BadLine(Number(new URL(inject('environment').S3_ENDPOINT ?? '').port));
const content = randomBytes(3_000_000);
const key = 'source/file';
let etag = '';

const put = async (body: Buffer, to = key) => {
  await putObject(to, body);
  return (await headObject(to))?.etag ?? '';
};

beforeAll(async () => {
  process.env.S3_ENDPOINT = await line.open();
  etag = await put(content);
});
afterAll(() => line.close());
beforeEach(() => {
  line.fault = null;
  line.times = 0;
});

const open = (signal?: AbortSignal, limits = { stallMilliseconds: 300, patience: 3 }): ObjectSource =>
  objectSource({ key, etag, size: content.byteLength, name: 'orders.csv' }, signal, limits);

describe('a stored object', () => {
  it('is read whole and in ranges', async () => {
    expect(content.equals(await open().read(0, content.byteLength))).toBe(true);
    for (const [start, end] of [
      [0, 1],
      [0, 0],
      [1, 2],
      [2_999_999, 3_000_000],
      [2_999_990, 5_000_000],
      [1_234_567, 2_345_678],
    ] as const) {
      expect(content.subarray(start, end).equals(await open().read(start, end))).toBe(true);
    }
  });

  it.each([
    ['cut', 0],
    ['cut', 700_000],
    ['stall', 0],
    ['stall', 700_000],
  ] as const)('goes on after a %s at %i bytes, three times over', async (how, after) => {
    line.fault = { after, how };
    line.times = 3;
    expect(content.equals(await open().read(0, content.byteLength))).toBe(true);
    expect(line.times).toBe(0);
  });

  it('does not take a slow reader for a stalled store', async () => {
    const chunks: Uint8Array[] = [];
    let waits = 0;
    for await (const chunk of open().stream()) {
      chunks.push(chunk);
      if (waits++ < 3) await new Promise((done) => setTimeout(done, 500));
    }
    expect(content.equals(Buffer.concat(chunks))).toBe(true);
  });

  it('is an outage, not a bad file, when the store stays away', async () => {
    line.fault = { after: 0, how: 'cut' };
    line.times = 1_000;
    const failed = open(undefined, { stallMilliseconds: 300, patience: 1 }).read(0, 10);
    await expect(failed).rejects.toThrow(/file store did not answer/);
    await expect(failed).rejects.not.toThrow(ImportFailure);
  });

  it('stops at once when it is told to', async () => {
    line.fault = { after: 500_000, how: 'stall' };
    line.times = 1_000;
    const abort = new AbortController();
    const reading = open(abort.signal, { stallMilliseconds: 60_000, patience: 3 }).read(
      0,
      content.byteLength,
    );
    setTimeout(() => abort.abort(new Error('cancelled')), 200);
    await expect(reading).rejects.toThrow('cancelled');
  });

  it('fails as changed when it was replaced, also in the middle of reading', async () => {
    const replaced = 'source/replaced';
    const source = objectSource(
      { key: replaced, etag: await put(content, replaced), size: content.byteLength, name: 'orders.csv' },
      undefined,
      { stallMilliseconds: 300, patience: 3 },
    );
    line.fault = { after: 700_000, how: 'cut' };
    line.times = 1;
    const reading = (async () => {
      let bytes = 0;
      for await (const chunk of source.stream()) {
        if (bytes === 0) {
          line.times = 1;
          await put(randomBytes(content.byteLength), replaced);
        }
        bytes += chunk.byteLength;
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: 'ImportFailure', reason: 'FILE_CHANGED' });
  });

  it('does not believe a store that heeds neither If-Match nor Range', async () => {
    let version = '"another"';
    const careless = createHttpServer((_, answer) => answer.setHeader('etag', version).end(content));
    careless.listen(0, '127.0.0.1');
    await once(careless, 'listening');
    const address = careless.address();
    const store = line.leadTo(typeof address === 'object' ? (address?.port ?? 0) : 0);
    try {
      await expect(open().read(0, 10)).rejects.toMatchObject({ reason: 'FILE_CHANGED' });
      version = etag;
      expect(content.subarray(0, 10).equals(await open().read(0, 10))).toBe(true);
      const limits = { stallMilliseconds: 300, patience: 0 };
      await expect(open(undefined, limits).read(5, 10)).rejects.toThrow(/another part of the file/);
    } finally {
      line.leadTo(store);
      careless.close().closeAllConnections();
    }
  });

  it('fails as changed when it is gone', async () => {
    const source = objectSource({ key: 'source/none', etag, size: 10, name: 'orders.csv' });
    await expect(source.read(0, 10)).rejects.toMatchObject({ reason: 'FILE_CHANGED' });
  });
});
