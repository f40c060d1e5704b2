import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { ObjectFiles } from './object-files';
import { type Operation, operationOf } from './operation';
import { parseRange } from './parse-range';
import { Refusal, refusalOf } from './refusal';
import { type SignedRequest, type StoreKey, verifySignature } from './verify-signature';
import { element, partsIn, readSmallBody } from './xml';

export interface Store {
  bucket: string;
  key: StoreKey;
  origins: readonly string[];
  files: ObjectFiles;
}

/** Answers one request; nothing that it asks or throws ends the store. */
export async function answerRequest(
  store: Store,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    allowOrigin(store.origins, request, response);
    if (request.method === 'OPTIONS') return preflight(request, response);
    const signed = verifySignature(request, store.key);
    await perform(store, operationOf(signed, store.bucket), signed, request, response);
  } catch (error) {
    refuse(request, response, error);
  }
}

/** Whether Sluice's own page asks: only it is told that it may. */
function allowOrigin(origins: readonly string[], request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'Origin');
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'ETag');
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  const method = request.headers['access-control-request-method'] ?? '';
  if (!response.hasHeader('access-control-allow-origin') || !['GET', 'HEAD', 'PUT'].includes(method))
    throw new Refusal(403, 'AccessForbidden', 'Pages of this address may not do this.');
  response.writeHead(200, {
    'access-control-allow-methods': 'GET, HEAD, PUT',
    'access-control-allow-headers': 'content-type, if-none-match',
    'access-control-max-age': '3600',
    'content-length': 0,
  });
  response.end();
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, code, message } = refusalOf(error);
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${element('Code', code)}${element('Message', message)}</Error>`;
  response.writeHead(status, {
    'content-type': 'application/xml',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  // What is still being sent is let go by for a moment, or the answer would be lost with the connection.
  request.resume();
  setTimeout(() => request.destroy(), 2_000).unref();
}

function sendXml(response: ServerResponse, root: string, content: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content}</${root}>`;
  response.writeHead(200, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

const quoted = (md5: string) => `"${md5}"`;

async function perform(
  store: Store,
  operation: Operation,
  { bodyHash }: SignedRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { files } = store;
  const { key } = operation;
  const body = checkBody(operation, request);
  // A signed address writes an object once: while it is good, what it wrote must not be replaced.
  const onlyNew =
    request.headers['if-none-match'] === '*' || (operation.name === 'putObject' && bodyHash === null);
  switch (operation.name) {
    case 'getObject':
    case 'headObject':
      return sendObject(files, operation, request, response);
    case 'putObject': {
      const md5 = await files.put(key, body, { onlyNew, sha256: bodyHash });
      response.writeHead(200, { etag: quoted(md5), 'content-length': 0 }).end();
      return;
    }
    case 'putPart': {
      const md5 = await files.putPart(key, operation.uploadId, operation.partNumber, body, bodyHash);
      response.writeHead(200, { etag: quoted(md5), 'content-length': 0 }).end();
      return;
    }
    case 'deleteObject':
      await files.delete(key);
      response.writeHead(204).end();
      return;
    case 'openUpload': {
      const id = await files.openUpload(key);
      return sendXml(
        response,
        'InitiateMultipartUploadResult',
        `${element('Bucket', store.bucket)}${element('Key', key)}${element('UploadId', id)}`,
      );
    }
    case 'finishUpload': {
      const parts = partsIn(await readSmallBody(body, bodyHash));
      const md5 = await files.finishUpload(key, operation.uploadId, parts, onlyNew);
      return sendXml(
        response,
        'CompleteMultipartUploadResult',
        `${element('Bucket', store.bucket)}${element('Key', key)}${element('ETag', quoted(md5))}`,
      );
    }
    case 'abortUpload':
      await files.abortUpload(key, operation.uploadId);
      response.writeHead(204).end();
      return;
    case 'listParts':
      return sendParts(files, operation, response);
    default:
      operation satisfies never;
  }
}

/** @throws Refusal when there is a body where none belongs, or one whose length is not told before */
function checkBody({ name }: Operation, request: IncomingMessage): IncomingMessage {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined) throw new Refusal(411, 'MissingContentLength', 'How long is the body?');
  if ((name === 'putObject' || name === 'putPart') && length === undefined)
    throw new Refusal(411, 'MissingContentLength', 'How long is the body?');
  const takesBody = name === 'putObject' || name === 'putPart' || name === 'finishUpload';
  if (!takesBody && Number(length ?? 0) !== 0)
    throw new Refusal(400, 'InvalidArgument', 'There is a body where none belongs.');
  return request;
}

async function sendObject(
  files: ObjectFiles,
  { name, key, disposition }: Extract<Operation, { name: 'getObject' | 'headObject' }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const stored = await files.get(key);
  if (!stored) throw new Refusal(404, 'NoSuchKey', 'There is no such object.');
  const { file, size, md5, storedAt } = stored;
  try {
    const wanted = request.headers['if-match'];
    if (wanted !== undefined && wanted !== '*' && wanted !== quoted(md5))
      throw new Refusal(412, 'PreconditionFailed', 'The object is another one than If-Match asks for.');
    const range = parseRange(request.headers.range, size);
    const { start, end } = range ?? { start: 0, end: size };
    response.writeHead(range ? 206 : 200, {
      etag: quoted(md5),
      'last-modified': storedAt.toUTCString(),
      'accept-ranges': 'bytes',
      'content-type': 'application/octet-stream',
      'content-length': end - start,
      ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${size}` } : {}),
      // Whatever somebody uploaded is a file to keep, never a page to show.
      'content-disposition': disposition ?? 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    if (name === 'headObject' || start === end) {
      response.end();
      return;
    }
    const content = file.createReadStream({ start, end: end - 1, autoClose: false });
    // A reader that goes away in the middle is nobody's fault.
    await pipeline(content, response).catch(() => response.destroy());
  } finally {
    await file.close();
  }
}

/** As many as S3 lists at a time. */
const listedAtATime = 1_000;

async function sendParts(
  files: ObjectFiles,
  { key, uploadId, after }: Extract<Operation, { name: 'listParts' }>,
  response: ServerResponse,
): Promise<void> {
  const behind = (await files.listParts(key, uploadId)).filter(({ partNumber }) => partNumber > after);
  const parts = behind.slice(0, listedAtATime);
  const listed = parts.map(
    ({ partNumber, size, md5, storedAt }) =>
      `<Part>${element('PartNumber', partNumber)}${element('LastModified', storedAt.toISOString())}${element('ETag', quoted(md5))}${element('Size', size)}</Part>`,
  );
  sendXml(
    response,
    'ListPartsResult',
    `${element('IsTruncated', behind.length > parts.length)}${element('NextPartNumberMarker', parts.at(-1)?.partNumber ?? 0)}${listed.join('')}`,
  );
}
