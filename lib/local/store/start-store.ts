import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { restrictFolder } from '../folder/restrict-folder';
import { answerRequest } from './answer-request';
import { ObjectFiles } from './object-files';
import type { StoreKey } from './verify-signature';

export interface LocalStore {
  url: string;
  bucket: string;
  stop(): Promise<void>;
}

export interface StoreOptions {
  /** Free port on 127.0.0.1; 0: any. */
  port: number;
  /** The one key whose signatures count. */
  key: StoreKey;
  /** Where Sluice's pages are: what a browser shows from anywhere else may not even read an answer. */
  origins: readonly string[];
}

const bucket = 'sluice';

/**
 * Starts the embedded S3 store: one bucket for one key, with the operations that Sluice needs and no others.
 * @param folder where objects live
 */
export async function startStore(folder: string, { port, key, origins }: StoreOptions): Promise<LocalStore> {
  await restrictFolder(folder);
  const files = new ObjectFiles(join(folder, bucket));
  await files.open();
  const server = createServer({
    // A part of 8 MiB on a slow line takes as long as its address is good for.
    requestTimeout: 16 * 60_000,
    headersTimeout: 20_000,
  });
  server.on('request', (request, response) => {
    void answerRequest({ bucket, key, origins, files }, request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The file store has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    bucket,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
