import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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
  path: string;
  headers: Record<string, string | undefined>;
  query: Record<string, unknown>;
  state: { account?: unknown };
  status: number;
  type: string;
  body: unknown;
  response: { get(name: string): string };
}
type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;

const uploadId = z.string().regex(/^[0-9a-f]{32}$/);

/** What is used of the server. */
interface Instance {
  run(): Promise<unknown>;
  close(): Promise<void>;
  httpServer: { closeAllConnections(): void };
  middleware: Middleware[];
  store: {
    getResourcePath(bucket: string, key: undefined, resource: string): string;
    putObjectMultipart(
      bucket: string,
      uploadId: string,
      parts: { number: number; etag: string }[],
    ): Promise<unknown>;
  };
}

const server = z.object({
  run: z.function(),
  close: z.function(),
  middleware: z.array(z.unknown()),
  store: z.object({ getResourcePath: z.function(), putObjectMultipart: z.function() }),
});
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
 * this machine could send; it ignores If-Match; it does not give up uploads, so that their parts would stay; and it
 * cannot list these.
 * @param folder where objects live
 * @param uploads folder of the uploads under way, one folder an upload
 */
function guard(folder: string, uploads: string): Middleware {
  return async (context, next) => {
    const signed = 'authorization' in context.headers || 'X-Amz-Signature' in context.query;
    if (!signed && context.method !== 'OPTIONS') {
      return refuse(context, 403, 'AccessDenied', 'The request carries no signature.');
    }
    // A signed address writes a file once: while it is good, what it wrote must not be replaced.
    const writes = context.method === 'PUT' && 'X-Amz-Signature' in context.query && !context.query.uploadId;
    const file = join(folder, `${decodeURIComponent(context.path)}._S3rver_object`);
    if (writes && existsSync(file)) return refuse(context, 412, 'PreconditionFailed', 'The object is there.');
    try {
      await next();
    } catch (error) {
      const upload = uploadId.safeParse(context.query.uploadId);
      // The account is only there once the signature was found right.
      if (!upload.success || context.state.account === undefined) throw error;
      if (context.method === 'GET') return listParts(context, join(uploads, upload.data));
      if (context.method !== 'DELETE') throw error;
      await rm(join(uploads, upload.data), { recursive: true, force: true });
      context.status = 204;
      return;
    }
    const wanted = context.headers['if-match'];
    const found = context.response.get('ETag');
    if (wanted && wanted !== '*' && context.status < 300 && found && found !== wanted) {
      refuse(context, 412, 'PreconditionFailed', 'The object is another one than If-Match asks for.');
    }
  };
}

/** As many as S3 lists at a time. */
const listedAtATime = 1_000;

async function listParts(context: Context, folder: string): Promise<void> {
  const files = await readdir(folder).catch(() => null);
  if (!files) return refuse(context, 404, 'NoSuchUpload', 'The upload is not there any more.');
  const after = z.coerce.number().catch(0).parse(context.query['part-number-marker']);
  const numbers = files
    .flatMap((name) => /^(\d+)\.md5$/.exec(name)?.[1] ?? [])
    .map(Number)
    .filter((number) => number > after)
    .sort((a, b) => a - b);
  const parts = numbers.slice(0, listedAtATime).map(async (number) => {
    const path = join(folder, `${number}`);
    const [{ size, mtime }, md5] = await Promise.all([stat(path), readFile(`${path}.md5`, 'utf8')]);
    return `<Part><PartNumber>${number}</PartNumber><LastModified>${mtime.toISOString()}</LastModified><ETag>&quot;${md5}&quot;</ETag><Size>${size}</Size></Part>`;
  });
  const listed = (await Promise.all(parts)).join('');
  const truncated = numbers.length > listedAtATime;
  context.status = 200;
  context.type = 'application/xml';
  context.body = `<?xml version="1.0" encoding="UTF-8"?>\n<ListPartsResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>${truncated}</IsTruncated><NextPartNumberMarker>${numbers[listedAtATime - 1] ?? 0}</NextPartNumberMarker>${listed}</ListPartsResult>`;
}

/** The server takes any ETag for a part; S3 answers 400 to a wrong one, and 404 to an upload that is gone. */
function checkParts(instance: Instance, uploads: string): void {
  const putTogether = instance.store.putObjectMultipart.bind(instance.store);
  const S3Error = load('@20minutes/s3rver/lib/models/error');
  instance.store.putObjectMultipart = async (inBucket, id, parts) => {
    if (!existsSync(join(uploads, id)))
      throw new S3Error('NoSuchUpload', 'The upload is not there any more.');
    for (const { number, etag } of parts) {
      const md5 = await readFile(join(uploads, id, `${number}.md5`), 'utf8').catch(() => null);
      if (md5 !== etag) throw new S3Error('InvalidPart', `Part ${number} is missing or another one.`);
    }
    return putTogether(inBucket, id, parts);
  };
}

/**
 * The server recomputes signatures with encodeURIComponent, which leaves !'()* as they are where AWS encodes them
 * (RFC 3986): every signed download, whose file name is in the address as filename*=UTF-8''…, would be refused.
 */
function encodeAsSignaturesDo(): void {
  const plain = globalThis.encodeURIComponent;
  const strict = (text: string | number | boolean) =>
    plain(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  Reflect.set(globalThis, 'encodeURIComponent', strict);
}

/**
 * Starts the embedded S3 store: @20minutes/s3rver, the maintained fork of s3rver (the original lets a forged
 * presigned signature through). The bucket is made here because the fork refuses CreateBucket of the current SDK. Runs in a process of its own, whose globals it may change. Its key is drawn anew at every start, so that none is well known.
 * @param folder where objects live
 * @param port free port on 127.0.0.1
 */
export async function startStore(folder: string, port: number): Promise<LocalStore> {
  await mkdir(folder, { recursive: true });
  const S3rver: unknown = load('@20minutes/s3rver');
  if (typeof S3rver !== 'function') throw new Error('@20minutes/s3rver is not what it was.');
  const instance: Instance = Reflect.construct(S3rver, [
    {
      address: '127.0.0.1',
      port,
      silent: true,
      directory: folder,
      configureBuckets: [{ name: bucket, configs: [cors] }],
    },
  ]);
  const { store } = instance;
  server.parse({
    run: instance.run,
    close: instance.close,
    middleware: instance.middleware,
    store: { getResourcePath: store.getResourcePath, putObjectMultipart: store.putObjectMultipart },
  });
  const uploads = store.getResourcePath(bucket, undefined, 'uploads');
  instance.middleware.unshift(guard(folder, uploads));
  checkParts(instance, uploads);
  encodeAsSignaturesDo();

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
