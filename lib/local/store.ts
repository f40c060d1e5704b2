import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';

export interface LocalStore {
  url: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  stop(): Promise<void>;
}

const bucket = 'sluice';

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

/** What of a Koa context the guard looks at. */
interface Context {
  method: string;
  headers: Record<string, string | undefined>;
  query: Record<string, unknown>;
  status: number;
  type: string;
  body: unknown;
  response: { get(name: string): string };
}
type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

const server = z.object({ run: z.function(), close: z.function(), middleware: z.array(z.unknown()) });
const account = z.object({
  DUMMY_ACCOUNT: z.object({ createKeyPair: z.function(), revokeAccessKey: z.function() }),
});
const load = createRequire(import.meta.url);

function refuse(context: Context, status: number, code: string, message: string): void {
  const { body } = context;
  if (typeof body === 'object' && body !== null && 'destroy' in body && typeof body.destroy === 'function') {
    body.destroy();
  }
  context.status = status;
  context.type = 'application/xml';
  context.body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
}

/**
 * What the server does not do by itself: it takes requests without any signature, which any page in a browser on
 * this machine could send, and it ignores If-Match.
 */
const guard: Middleware = async (context, next) => {
  const signed = 'authorization' in context.headers || 'X-Amz-Signature' in context.query;
  if (!signed && context.method !== 'OPTIONS') {
    return refuse(context, 403, 'AccessDenied', 'The request carries no signature.');
  }
  await next();
  const wanted = context.headers['if-match'];
  const found = context.response.get('ETag');
  if (wanted && wanted !== '*' && context.status < 300 && found && found !== wanted) {
    refuse(context, 412, 'PreconditionFailed', 'The object is another one than If-Match asks for.');
  }
};

/**
 * Starts the embedded S3 store: @20minutes/s3rver, the maintained fork of s3rver (the original lets a forged
 * presigned signature through). It lacks ListParts and Abort; the bucket is made here because the fork
 * refuses CreateBucket of the current SDK. Its key is drawn anew at every start, so that none is well known.
 * @param folder where objects live
 * @param port free port on 127.0.0.1
 */
export async function startStore(folder: string, port: number): Promise<LocalStore> {
  await mkdir(folder, { recursive: true });
  const S3rver: unknown = load('@20minutes/s3rver');
  if (typeof S3rver !== 'function') throw new Error('@20minutes/s3rver is not what it was.');
  const instance = Reflect.construct(S3rver, [
    {
      address: '127.0.0.1',
      port,
      silent: true,
      directory: folder,
      configureBuckets: [{ name: bucket, configs: [cors] }],
    },
  ]);
  server.parse({ run: instance.run, close: instance.close, middleware: instance.middleware });
  instance.middleware.unshift(guard);

  const { DUMMY_ACCOUNT: owner } = load('@20minutes/s3rver/lib/models/account');
  account.parse({
    DUMMY_ACCOUNT: { createKeyPair: owner.createKeyPair, revokeAccessKey: owner.revokeAccessKey },
  });
  const [accessKeyId, secretAccessKey] = [randomBytes(10).toString('hex'), randomBytes(20).toString('hex')];
  owner.revokeAccessKey('S3RVER');
  owner.createKeyPair(accessKeyId, secretAccessKey);

  await instance.run();
  return {
    url: `http://127.0.0.1:${port}`,
    bucket,
    accessKeyId,
    secretAccessKey,
    stop: async () => {
      instance.httpServer.closeAllConnections();
      await instance.close();
    },
  };
}
