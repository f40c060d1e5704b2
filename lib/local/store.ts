import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';

export const localStore = { bucket: 'sluice', accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

/** Browsers of any origin may PUT with a signed address and read the ETag; the signature is what protects. */
const cors = `<?xml version="1.0"?>
<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
  <CORSRule>
    <AllowedOrigin>*</AllowedOrigin>
    <AllowedMethod>GET</AllowedMethod><AllowedMethod>PUT</AllowedMethod><AllowedMethod>HEAD</AllowedMethod>
    <AllowedHeader>*</AllowedHeader>
    <ExposeHeader>ETag</ExposeHeader>
    <MaxAgeSeconds>3600</MaxAgeSeconds>
  </CORSRule>
</CORSConfiguration>`;

const server = z.object({ run: z.function(), close: z.function() });
const load = createRequire(import.meta.url);

/**
 * Starts the embedded S3 store: @20minutes/s3rver, the maintained fork of s3rver (the original lets a forged
 * presigned signature through). It lacks ListParts and Abort; the bucket is made here because the fork
 * refuses CreateBucket of the current SDK.
 * @param folder where objects live
 * @param port free port on 127.0.0.1
 * @returns its address, and how to stop it
 */
export async function startStore(
  folder: string,
  port: number,
): Promise<{ url: string; stop(): Promise<void> }> {
  await mkdir(folder, { recursive: true });
  const S3rver: unknown = load('@20minutes/s3rver');
  if (typeof S3rver !== 'function') throw new Error('@20minutes/s3rver is not what it was.');
  const instance = Reflect.construct(S3rver, [
    {
      address: '127.0.0.1',
      port,
      silent: true,
      directory: folder,
      configureBuckets: [{ name: localStore.bucket, configs: [cors] }],
    },
  ]);
  server.parse({ run: instance.run.bind(instance), close: instance.close.bind(instance) });
  await instance.run();
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      instance.httpServer.closeAllConnections();
      await instance.close();
    },
  };
}
