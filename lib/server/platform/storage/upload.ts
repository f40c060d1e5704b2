import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { MiB } from '@/lib/shared/bytes';
import { env } from '../env';
import { AppError, messageOf } from '../errors';
import { publicStore, store } from './client';
import { statusOf } from './status-of';
import { onlyNew, writtenOnce } from './written-once';

/** Files up to this size go up in one PUT. */
export const singlePutBytes = 16 * MiB;

/** A signed address is good for 15 minutes (one part on a slow line, not more) and for one exact length. */
export const oneLength = {
  expiresIn: 15 * 60,
  unhoistableHeaders: new Set(['content-length', 'if-none-match']),
};

/** S3 allows 10,000 parts; a part holds 8 MiB, or more where the file needs it. */
export function partSizeFor(fileSize: number): number {
  const needed = Math.ceil(fileSize / 9_000 / MiB) * MiB;
  return Math.max(8 * MiB, needed);
}

/** Bytes of one part. Part numbers begin at 1. */
export function partBytes(fileSize: number, partSize: number, partNumber: number): number {
  return Math.min(partSize, fileSize - (partNumber - 1) * partSize);
}

/** An address that takes one PUT of exactly `size` bytes to `key`. */
export function signPut(key: string, size: number): Promise<string> {
  const command = new PutObjectCommand({ Bucket: env().S3_BUCKET, Key: key, ContentLength: size });
  return getSignedUrl(publicStore(), command, oneLength);
}

/** Where a file goes, and the headers that have to come with it: they are part of the signature. */
export interface SignedUpload {
  url: string;
  headers: Record<string, string>;
}

/**
 * An address that takes a whole file of exactly `size` bytes, once where the store can see to that: while its 15 minutes
 * last it must not replace a file that was completed.
 */
export async function signUpload(key: string, size: number): Promise<SignedUpload> {
  if ((await writtenOnce()) !== 'by header') return { url: await signPut(key, size), headers: {} };
  const command = new PutObjectCommand({
    Bucket: env().S3_BUCKET,
    Key: key,
    ContentLength: size,
    IfNoneMatch: '*',
  });
  return { url: await getSignedUrl(publicStore(), command, oneLength), headers: onlyNew };
}

/** An address that takes one PUT of exactly `size` bytes as one part. */
export function signPart(key: string, uploadId: string, partNumber: number, size: number): Promise<string> {
  const command = new UploadPartCommand({
    Bucket: env().S3_BUCKET,
    Key: key,
    UploadId: uploadId,
    PartNumber: partNumber,
    ContentLength: size,
  });
  return getSignedUrl(publicStore(), command, oneLength);
}

/** Opens a multipart upload. @returns its id */
export async function openUpload(key: string): Promise<string> {
  const made = await store().send(new CreateMultipartUploadCommand({ Bucket: env().S3_BUCKET, Key: key }));
  if (!made.UploadId) throw new Error('The store opened an upload without an id.');
  return made.UploadId;
}

export interface StoredPart {
  partNumber: number;
  etag: string;
  size: number;
  /** Absent where the store does not say. */
  storedAt?: Date;
}

/**
 * Some of the parts that the store holds, in order: as many as it lists at a time, S3 a thousand.
 * @param after those behind this number
 * @returns and the number to go on after, or null at the end
 */
export async function listPartsAfter(
  key: string,
  uploadId: string,
  after: number,
): Promise<{ parts: StoredPart[]; next: number | null }> {
  const page = await store().send(
    new ListPartsCommand({
      Bucket: env().S3_BUCKET,
      Key: key,
      UploadId: uploadId,
      PartNumberMarker: after > 0 ? String(after) : undefined,
    }),
  );
  const parts = (page.Parts ?? []).flatMap(({ PartNumber, ETag, Size, LastModified }) =>
    PartNumber && ETag ? { partNumber: PartNumber, etag: ETag, size: Size ?? 0, storedAt: LastModified } : [],
  );
  const last = parts.at(-1)?.partNumber;
  return { parts, next: page.IsTruncated && last ? last : null };
}

/** All parts that the store holds, in order: 10,000 at most. */
export async function listParts(key: string, uploadId: string): Promise<StoredPart[]> {
  const all: StoredPart[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<typeof listPartsAfter>> = await listPartsAfter(key, uploadId, after);
    all.push(...page.parts);
    after = page.next;
  }
  return all;
}

/**
 * Puts the parts together.
 * @throws AppError `bad-request` when the store refuses the parts: the upload stays open and can be retried
 */
export async function finishUpload(
  key: string,
  uploadId: string,
  parts: { partNumber: number; etag: string }[],
) {
  try {
    await store().send(
      new CompleteMultipartUploadCommand({
        Bucket: env().S3_BUCKET,
        Key: key,
        UploadId: uploadId,
        MultipartUpload: { Parts: parts.map((p) => ({ PartNumber: p.partNumber, ETag: p.etag })) },
      }),
    );
  } catch (error) {
    if (statusOf(error) >= 400 && statusOf(error) < 500) {
      throw new AppError(
        'bad-request',
        'The store did not accept the parts of this upload. Upload them again.',
        {
          cause: error,
        },
      );
    }
    throw error;
  }
}

/** Gives up a multipart upload; parts already stored are dropped. Harmless when it is gone already. */
export async function abortUpload(key: string, uploadId: string): Promise<void> {
  try {
    await store().send(
      new AbortMultipartUploadCommand({ Bucket: env().S3_BUCKET, Key: key, UploadId: uploadId }),
    );
  } catch (error) {
    if (!isNotImplemented(error) && statusOf(error) !== 404) throw error;
  }
}

/** The embedded store answers ListParts with 501 or 405, some with an XML that the SDK cannot read. */
function isNotImplemented(error: unknown): boolean {
  const status = statusOf(error);
  return status === 501 || status === 405 || /NotImplemented|MethodNotAllowed/.test(messageOf(error));
}
