import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Refusal } from './refusal';

export interface StoreKey {
  accessKeyId: string;
  secretAccessKey: string;
}

/** A request whose signature is right. */
export interface SignedRequest {
  method: string;
  /** Decoded; begins with a slash. */
  path: string;
  /** What is asked of the path, without what belongs to the signature. */
  query: Map<string, string>;
  /** SHA-256 of the body in hex that was signed, or null: a signed address says only how long the body is. */
  bodyHash: string | null;
}

const region = 'us-east-1';
const minute = 60_000;
const weekSeconds = 7 * 24 * 3600;

/** Headers of S3 that Sluice and its SDK send. Others change what a request does, so each would have to be thought about. */
const knownHeaders = new Set([
  'x-amz-checksum-mode',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-user-agent',
]);

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
/** RFC 3986, as signatures have it: encodeURIComponent leaves !'()* as they are. */
const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const denied = (why: string) => new Refusal(403, 'AccessDenied', why);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Refusal(400, 'InvalidURI', 'The address is not encoded as UTF-8.');
  }
}

/** Path and query of the address as it came over the line. Every parameter may be there once. */
function readAddress(url: string): { path: string; query: Map<string, string> } {
  const [rawPath = '', ...rest] = url.split('?');
  if (!rawPath.startsWith('/') || rest.length > 1) throw new Refusal(400, 'InvalidURI', 'No such address.');
  const query = new Map<string, string>();
  for (const pair of (rest[0] ?? '').split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=').map(decode);
    if (query.has(name)) throw new Refusal(400, 'InvalidArgument', 'A parameter is there twice.');
    query.set(name, value.join('='));
  }
  return { path: rawPath.split('/').map(decode).join('/'), query };
}

/** Every header once: Node joins those that came twice, and what was signed would not be what is read. */
function readHeaders(request: IncomingMessage): Map<string, string> {
  const headers = new Map<string, string>();
  for (const [name, values] of Object.entries(request.headersDistinct)) {
    const [value, another] = values ?? [];
    if (value === undefined) continue;
    if (another !== undefined) throw new Refusal(400, 'InvalidArgument', `${name} is there twice.`);
    headers.set(name, value);
  }
  return headers;
}

interface Signature {
  credential: string;
  signedHeaders: string[];
  signature: string;
  /** As 20261128T101112Z. */
  date: string;
  /** Seconds for which it is good. */
  seconds: number;
  bodyHash: string | null;
}

const headerForm =
  /^AWS4-HMAC-SHA256 Credential=([^ ,]+), ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** The signature in the header `Authorization`, good for a quarter of an hour and for one body. */
function fromHeader(headers: Map<string, string>): Signature {
  const [, credential, signedHeaders, signature] = headerForm.exec(headers.get('authorization') ?? '') ?? [];
  const bodyHash = headers.get('x-amz-content-sha256') ?? '';
  if (!credential || !signedHeaders || !signature) throw denied('The signature is not one of version 4.');
  if (!/^[0-9a-f]{64}$/.test(bodyHash)) throw denied('The body is not signed.');
  return {
    credential,
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: headers.get('x-amz-date') ?? '',
    seconds: 15 * 60,
    bodyHash,
  };
}

const ofSignature = [
  'X-Amz-Algorithm',
  'X-Amz-Content-Sha256',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-Signature',
  'X-Amz-SignedHeaders',
];

/** The signature in a signed address, good for as long as the address says. */
function fromQuery(query: Map<string, string>): Signature {
  const of = (name: string) => query.get(name) ?? '';
  const [signature, seconds] = [of('X-Amz-Signature'), of('X-Amz-Expires')];
  const isForm =
    of('X-Amz-Algorithm') === 'AWS4-HMAC-SHA256' &&
    ['', 'UNSIGNED-PAYLOAD'].includes(of('X-Amz-Content-Sha256')) &&
    /^[0-9a-f]{64}$/.test(signature) &&
    /^[1-9]\d{0,5}$/.test(seconds) &&
    Number(seconds) <= weekSeconds;
  if (!isForm) throw denied('The address is not signed by version 4.');
  return {
    credential: of('X-Amz-Credential'),
    signedHeaders: of('X-Amz-SignedHeaders').split(';'),
    signature,
    date: of('X-Amz-Date'),
    seconds: Number(seconds),
    bodyHash: null,
  };
}

/** @throws Refusal unless the signature's time has come and is not over */
function checkTime({ date, seconds }: Signature): void {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) ?? [];
  const began = Date.parse(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
  if (Number.isNaN(began)) throw denied('The signature has no date.');
  if (began > Date.now() + 15 * minute) throw denied('The signature is of a time to come.');
  if (Date.now() > began + seconds * 1000) throw denied('Request has expired');
}

/** What has to be signed of this request, so that nothing of what it does can be changed. */
function checkSignedHeaders(
  request: IncomingMessage,
  headers: Map<string, string>,
  signature: Signature,
): void {
  for (const name of headers.keys()) {
    if (!name.startsWith('x-amz-')) continue;
    // The SHA-256 of a signed body says all that such a sum says; without it the sum would have to be checked.
    const isSum = /^x-amz-(?:sdk-)?checksum-/.test(name) && signature.bodyHash !== null;
    if (!isSum && !knownHeaders.has(name))
      throw new Refusal(501, 'NotImplemented', `${name} is not known here.`);
    if (!signature.signedHeaders.includes(name)) throw denied(`${name} is not signed.`);
  }
  const wanted = ['host'];
  // Of the body of a signed address nothing is known but its length.
  if (signature.bodyHash === null && request.method === 'PUT') wanted.push('content-length');
  for (const name of wanted)
    if (!signature.signedHeaders.includes(name)) throw denied(`${name} is not signed.`);
}

/**
 * Who the request is from, and that it is exactly what was signed: method, path, every parameter, the signed
 * headers, and the body or its length. Signatures are AWS's version 4, in the header or in the address.
 * @throws Refusal
 */
export function verifySignature(request: IncomingMessage, key: StoreKey): SignedRequest {
  const { path, query } = readAddress(request.url ?? '');
  const headers = readHeaders(request);
  const inHeader = headers.has('authorization');
  if (inHeader && ofSignature.some((name) => query.has(name)))
    throw denied('The request is signed in two ways.');
  if (!inHeader && !query.has('X-Amz-Signature')) throw denied('The request carries no signature.');
  const said = inHeader ? fromHeader(headers) : fromQuery(query);
  checkTime(said);
  checkSignedHeaders(request, headers, said);
  const day = said.date.slice(0, 8);
  const scope = `${day}/${region}/s3/aws4_request`;
  if (said.credential !== `${key.accessKeyId}/${scope}`) throw denied('The access key is not known here.');
  const signedHeaders = said.signedHeaders.map((name) => {
    const value = headers.get(name);
    if (value === undefined) throw denied(`${name} was signed and is not there.`);
    return `${name}:${value.trim().replace(/ +/g, ' ')}\n`;
  });
  const canonical = [
    request.method,
    path.split('/').map(encode).join('/'),
    [...query]
      .filter(([name]) => name !== 'X-Amz-Signature')
      .map(([name, value]) => [encode(name), encode(value)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map((pair) => pair.join('='))
      .join('&'),
    signedHeaders.join(''),
    said.signedHeaders.join(';'),
    said.bodyHash ?? 'UNSIGNED-PAYLOAD',
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', said.date, scope, sha256(canonical)].join('\n');
  const signingKey = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${key.secretAccessKey}`,
  );
  if (!timingSafeEqual(hmac(signingKey, toSign), Buffer.from(said.signature, 'hex')))
    throw new Refusal(403, 'SignatureDoesNotMatch', 'The signature is not the one of this request.');
  for (const name of ofSignature) query.delete(name);
  return { method: request.method ?? '', path, query, bodyHash: said.bodyHash };
}
