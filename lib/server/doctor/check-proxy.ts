import { type VisitorView, visitorView } from '../http/visitor';
import { messageOf } from '../platform/errors';
import { type Finding, fail, ok, warn } from './finding';

/** Addresses that nobody has (RFC 5737). */
const made = ['192.0.2.77', '198.51.100.77'];
const local = /^(localhost|127(\.\d+){3}|\[::1\])$/;

const todo =
  'Set TRUST_PROXY to how many proxies stand in front of the web server (1 on Heroku), or to their addresses.';

/**
 * Whether the web server takes visitors for who they are: behind a proxy all of them may count as one address, and
 * where it believes too much, anybody can write an address of their own into limits and the audit log.
 */
export async function checkProxy(origin: string): Promise<Finding[]> {
  try {
    const seen = await visitor(origin, {});
    // An older version, or something else, answers there.
    if (!seen) return [];
    if (seen.proxy === 'ignored') {
      const said =
        'one stands in front, and what it tells is not believed: all visitors count as one address.';
      return [
        warn('Proxy', said, `${todo}\nhttps and the host of pages are not believed either until then.`),
      ];
    }
    const forged = await visitor(origin, { 'x-forwarded-for': made.join(', ') });
    if (!forged?.address || !made.includes(forged.address)) {
      return [ok('Proxy', 'nobody can pretend to ask from another address.')];
    }
    if (seen.proxy === 'trusted')
      return [
        fail('Proxy', 'anybody can pretend to ask from any address: TRUST_PROXY believes too many.', todo),
      ];
    // On the machine of the web server the doctor may well stand where the proxy stands.
    if (local.test(new URL(origin).hostname)) return [];
    const said =
      'whoever asks here without a proxy, as this does, is taken for one and can pretend any address.';
    return [
      warn('Proxy', said, 'Let nobody but the proxies reach the web server, or name them in TRUST_PROXY.'),
    ];
  } catch (error) {
    return [warn('Proxy', `it could not be looked at (${messageOf(error)}).`, 'Run this again.')];
  }
}

async function visitor(origin: string, headers: Record<string, string>): Promise<VisitorView | undefined> {
  const answer = await fetch(`${origin}/api/health`, { headers, signal: AbortSignal.timeout(10_000) });
  const body: unknown = await answer.json().catch(() => null);
  const found = visitorView.safeParse(
    typeof body === 'object' && body && 'visitor' in body ? body.visitor : null,
  );
  return found.data;
}
