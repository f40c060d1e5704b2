import { S3Client } from '@aws-sdk/client-s3';
import { env } from '../env';

let inside: S3Client | undefined;
let outside: S3Client | undefined;

function open(endpoint: string | undefined): S3Client {
  const e = env();
  return new S3Client({
    region: e.S3_REGION,
    endpoint,
    forcePathStyle: e.S3_FORCE_PATH_STYLE,
    credentials:
      e.S3_ACCESS_KEY_ID && e.S3_SECRET_ACCESS_KEY
        ? { accessKeyId: e.S3_ACCESS_KEY_ID, secretAccessKey: e.S3_SECRET_ACCESS_KEY }
        : undefined,
    // Otherwise the SDK signs the checksum of an empty body into every presigned PUT.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 4,
    // Where a request names a limit (`quickly`), reaching it is an error and tried again, not a warning.
    requestHandler: { throwOnRequestTimeout: true },
  });
}

/** The store as this process reaches it. */
export function store(): S3Client {
  inside ??= open(env().S3_ENDPOINT);
  return inside;
}

/** The store as a browser reaches it: only ever used to sign addresses. */
export function publicStore(): S3Client {
  outside ??= open(env().S3_PUBLIC_ENDPOINT ?? env().S3_ENDPOINT);
  return outside;
}

/** For requests whose answer has no body to speak of: a store that says nothing is asked again. */
export function quickly(): { requestTimeout: number } {
  return { requestTimeout: env().S3_STALL_SECONDS * 1000 };
}
