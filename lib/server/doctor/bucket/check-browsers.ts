import { randomBytes } from 'node:crypto';
import { signPut } from '../../platform/storage/upload';
import { type Finding, fail, ok, warn } from '../finding';
import { sent } from './check-transfers';

/** Whether files are given out without a signature. */
export async function checkPrivate(key: string): Promise<Finding> {
  const url = new URL(await signPut(key, 1));
  url.search = '';
  const answer = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  await answer.body?.cancel();
  return answer.ok
    ? fail(
        'Privacy',
        'anybody can read the files: an address without a signature gives them out.',
        'Make the bucket private (block public access).',
      )
    : ok('Privacy', 'nobody reads a file without a signature.');
}

/** Whether pages may upload. */
export async function checkCors(key: string, size: number, origin: string | undefined): Promise<Finding> {
  if (!origin)
    return warn(
      'CORS',
      'not checked, since the address of the pages is not known.',
      'npm run doctor -- --origin https://sluice.example.com',
    );
  const rules = JSON.stringify(
    [
      {
        AllowedOrigins: [origin],
        AllowedMethods: ['PUT'],
        AllowedHeaders: ['*'],
        ExposeHeaders: ['ETag'],
        MaxAgeSeconds: 3600,
      },
    ],
    null,
    2,
  );
  const todo = `Put these CORS rules on the bucket:\n${rules}`;
  const url = await signPut(key, size);
  const asked = await fetch(url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'PUT',
      'access-control-request-headers': 'content-type, if-none-match',
    },
    signal: AbortSignal.timeout(30_000),
  });
  await asked.body?.cancel();
  const allowed = asked.headers.get('access-control-allow-origin');
  if (
    !asked.ok ||
    (allowed !== '*' && allowed !== origin) ||
    !/PUT|\*/.test(asked.headers.get('access-control-allow-methods') ?? '')
  )
    return fail('CORS', `a page of ${origin} may not upload to the bucket.`, todo);
  const answer = await sent(url, randomBytes(size), { origin });
  if (!/etag|\*/i.test(answer.headers.get('access-control-expose-headers') ?? ''))
    return fail('CORS', 'a page may upload but not read the ETag of what it sent.', todo);
  return ok('CORS', `pages of ${origin} may upload and read the ETag.`);
}
