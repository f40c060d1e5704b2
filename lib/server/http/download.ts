import { attachment } from '../platform/attachment';
import type { Download } from '../platform/download';

/** Sends a file piece by piece: memory does not grow with it. */
export function download({ fileName, type, pieces }: Download): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await pieces.next();
        if (next.done) controller.close();
        else controller.enqueue(typeof next.value === 'string' ? encoder.encode(next.value) : next.value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    // No piece is made before it is wanted: pieces may be pages of megabytes.
    { highWaterMark: 0 },
  );
  return new Response(body, {
    headers: {
      'content-type': /^text\/|json$/.test(type) ? `${type}; charset=utf-8` : type,
      'content-disposition': attachment(fileName),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
