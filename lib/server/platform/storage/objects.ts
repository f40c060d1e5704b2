import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { attachment } from '../attachment';
import { env } from '../env';
import { Outage } from '../outage';
import { publicStore, quickly, store } from './client';

export interface StoredObject {
  /** Bytes. */
  size: number;
  etag: string;
  /** False where the ETag is no MD5 (encryption by a key service): it then says nothing of the content. */
  etagIsDigest: boolean;
}

/** What the store says of an object, or null when there is none. */
export async function headObject(key: string): Promise<StoredObject | null> {
  try {
    const head = await store().send(new HeadObjectCommand({ Bucket: env().S3_BUCKET, Key: key }), quickly());
    const encryption = head.ServerSideEncryption;
    return {
      size: head.ContentLength ?? 0,
      etag: head.ETag ?? '',
      etagIsDigest: (encryption === undefined || encryption === 'AES256') && !head.SSECustomerAlgorithm,
    };
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuchKey/.test(error.name)) return null;
    throw error;
  }
}

/** Removes an object; harmless when there is none. */
export async function deleteObject(key: string): Promise<void> {
  await store().send(new DeleteObjectCommand({ Bucket: env().S3_BUCKET, Key: key }), quickly());
}

/** Writes a small object as a whole. */
export async function putObject(key: string, body: Uint8Array): Promise<void> {
  await store().send(new PutObjectCommand({ Bucket: env().S3_BUCKET, Key: key, Body: body }), quickly());
}

/** Reads a small object as a whole. */
export async function getObject(key: string): Promise<Uint8Array> {
  const { Body } = await store().send(new GetObjectCommand({ Bucket: env().S3_BUCKET, Key: key }), quickly());
  if (!Body) throw new Outage('The store answered without a body.');
  return Body.transformToByteArray();
}

/** An address from which a browser downloads the object under its own name, for five minutes. */
export function signDownload(key: string, fileName: string): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: env().S3_BUCKET,
    Key: key,
    ResponseContentDisposition: attachment(fileName),
  });
  return getSignedUrl(publicStore(), command, { expiresIn: 300 });
}
