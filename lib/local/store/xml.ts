import { createHash } from 'node:crypto';
import { SaxesParser } from 'saxes';
import { MiB } from '@/lib/shared/bytes';
import type { Bytes } from './object-files';
import { Refusal } from './refusal';

/** A list of 10,000 parts has 1.2 MB. */
const maxBytes = 4 * MiB;

const entities: Record<string, string> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' };

/** An element that holds a value. */
export function element(name: string, value: string | number | boolean): string {
  return `<${name}>${String(value).replace(/[<>&"]/g, (c) => entities[c] ?? '')}</${name}>`;
}

/** The whole of a body that is no file. @throws Refusal when it is too long, or another one than was signed */
export async function readSmallBody(bytes: Bytes, sha256: string | null): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > maxBytes) throw new Refusal(400, 'EntityTooLarge', 'The body is too long.');
    pieces.push(piece);
  }
  const body = Buffer.concat(pieces);
  if (sha256 !== null && createHash('sha256').update(body).digest('hex') !== sha256)
    throw new Refusal(400, 'XAmzContentSHA256Mismatch', 'The body is not the one that was signed.');
  return body.toString('utf8');
}

/** The parts that an upload is to be put together from. @throws Refusal when the body does not list any */
export function partsIn(xml: string): { partNumber: number; md5: string }[] {
  const parts: { partNumber: number; md5: string }[] = [];
  const path: string[] = [];
  let part: Record<string, string> = {};
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => {
    path.push(name);
    if (path.length === 2) part = {};
  });
  parser.on('text', (text) => {
    const name = path[2];
    if (path.length === 3 && name !== undefined) part[name] = (part[name] ?? '') + text;
  });
  parser.on('closetag', () => {
    if (path.join('/') === 'CompleteMultipartUpload/Part') {
      const { PartNumber = '', ETag = '' } = part;
      const [, md5] = /^"?([0-9a-f]{32})"?$/.exec(ETag) ?? [];
      if (!/^[1-9]\d{0,4}$/.test(PartNumber) || md5 === undefined) throw malformed();
      parts.push({ partNumber: Number(PartNumber), md5 });
    }
    path.pop();
  });
  parser.on('error', () => {
    throw malformed();
  });
  parser.on('doctype', () => {
    throw malformed();
  });
  parser.write(xml).close();
  return parts;
}

const malformed = () => new Refusal(400, 'MalformedXML', 'The list of parts cannot be read.');
