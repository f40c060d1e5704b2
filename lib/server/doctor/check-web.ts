import { apiPrefix } from '@/lib/shared/api/prefix';
import { messageOf } from '../platform/errors';
import { checkProxy } from './check-proxy';
import { type Finding, fail, ok, warn } from './finding';

/** Whether the web server answers where browsers open it, and whether a proxy before it says that they used https. */
export async function checkWeb(origin: string): Promise<Finding[]> {
  let answer: Response;
  try {
    answer = await fetch(`${origin}/api/health`, { signal: AbortSignal.timeout(10_000) });
    await answer.body?.cancel();
  } catch (error) {
    return [
      fail('Web', `${origin} does not answer (${messageOf(error)}).`, 'Start the web server: npm run web'),
    ];
  }
  if (!answer.ok)
    return [
      fail(
        'Web',
        `${origin} answers ${answer.status}: it cannot do its work.`,
        'Look at its log; most often the database cannot be reached.',
      ),
    ];
  const found = [ok('Web', `${origin} answers.`), await checkOwnPages(origin), ...(await checkProxy(origin))];
  if (!origin.startsWith('https:')) return found;
  const told = answer.headers.has('strict-transport-security');
  return [
    ...found,
    told
      ? ok('HTTPS', 'browsers are told to stay with https.')
      : warn(
          'HTTPS',
          'browsers are not told to stay with https.',
          'Let the proxy set X-Forwarded-Proto: https (and X-Forwarded-Host), and name it in TRUST_PROXY.',
        ),
  ];
}

/** Sends what a page of this address would send: nobody's sign-in, without a word. */
async function checkOwnPages(origin: string): Promise<Finding> {
  const answer = await fetch(`${origin}${apiPrefix}/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(10_000),
  });
  await answer.body?.cancel();
  return answer.status === 403
    ? fail(
        'Own pages',
        `the web server takes pages of ${origin} for another site’s, and refuses whatever they change.`,
        'Set PUBLIC_URL to this address, or let the proxy set X-Forwarded-Host and name it in TRUST_PROXY.',
      )
    : ok('Own pages', 'what they send is accepted.');
}
