/** Without any progress for this long a connection is taken for dead and the bytes are sent again. */
const stallMs = 45_000;

/** An error that Uppy knows how to weigh: it retries on status 0 and 5xx, and gives up on 4xx. */
class PutError extends Error {
  override readonly name = 'PutError';
  constructor(
    message: string,
    readonly source: { status: number },
  ) {
    super(message);
  }
}

interface PutOptions {
  signature: { url: string; headers?: Record<string, string> };
  body: FormData | Blob;
  size?: number;
  onProgress: (event: { loaded: number; lengthComputable: boolean }) => void;
  onComplete: (etag: string) => void;
  signal?: AbortSignal;
}

function refused(status: number, text: string): PutError {
  if (status === 403 && /expired/i.test(text)) return new PutError('Request has expired', { status });
  if (status === 507) return new PutError('The disk of the file store is full.', { status });
  return new PutError(`The file store refused the upload (${status}).`, { status });
}

/**
 * Puts a file or one part of it to a presigned address. In place of Uppy's own, which waits for ever on a
 * dead connection and when the store's CORS rules hide the ETag.
 * @returns the ETag; empty for a whole file when the store hides it, where nobody needs it
 */
export function putBytes(options: PutOptions): Promise<{ ETag: string }> {
  const { signature, body, onProgress, onComplete, signal } = options;
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stall: ReturnType<typeof setTimeout>;
    const watch = () => {
      clearTimeout(stall);
      stall = setTimeout(() => {
        settle();
        request.abort();
        reject(new PutError('The connection stalled.', { status: 0 }));
      }, stallMs);
    };
    const abort = () => {
      settle();
      request.abort();
      reject(new DOMException('Aborted', 'AbortError'));
    };
    const settle = () => {
      clearTimeout(stall);
      signal?.removeEventListener('abort', abort);
    };
    if (signal?.aborted) return abort();
    signal?.addEventListener('abort', abort);
    request.upload.addEventListener('progress', (event) => {
      watch();
      onProgress(event);
    });
    request.addEventListener('error', () => {
      settle();
      reject(new PutError('The file store cannot be reached.', { status: 0 }));
    });
    request.addEventListener('load', () => {
      settle();
      // The store writes a file once: an earlier try got through, and only its answer was lost.
      const isThere = request.status === 412;
      if (!isThere && (request.status < 200 || request.status >= 300))
        return reject(refused(request.status, request.responseText));
      const etag = isThere ? '' : (request.getResponseHeader('etag') ?? '');
      onProgress({ loaded: options.size ?? 0, lengthComputable: true });
      onComplete(etag);
      resolve({ ETag: etag });
    });
    request.open('PUT', signature.url);
    for (const [name, value] of Object.entries(signature.headers ?? {}))
      request.setRequestHeader(name, value);
    watch();
    // A slice has no type, so no Content-Type header is sent that was not signed.
    request.send(body instanceof Blob ? body.slice() : body);
  });
}
