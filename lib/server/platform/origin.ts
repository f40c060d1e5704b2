import { AsyncLocalStorage } from 'node:async_hooks';
import { isIP } from 'node:net';

/** Where what happens now was asked for. */
interface Origin {
  address: string | null;
  via: string | null;
}

/** One for the process, however often bundles load this module. */
const kept = globalThis as typeof globalThis & { sluiceOrigin?: AsyncLocalStorage<Origin> };
function storage(): AsyncLocalStorage<Origin> {
  kept.sluiceOrigin ??= new AsyncLocalStorage();
  return kept.sluiceOrigin;
}

/** Runs what a request asks for, so that {@link currentOrigin} knows where it came from. */
export function askedBy<T>(request: Request, work: () => Promise<T>): Promise<T> {
  return storage().run({ address: addressOf(request), via: null }, work);
}

/** Notes that who asks is known by a credential and no session: `token:NAME`, or `local`. */
export function noteCredential(via: string): void {
  const origin = storage().getStore();
  if (origin) origin.via = via;
}

/** Where the request came from that is being answered; nowhere in a worker. */
export function currentOrigin(): Origin {
  return storage().getStore() ?? { address: null, via: null };
}

/** The address that may be believed (lib/server/http/believe-proxies.ts): of the connection, or told by a proxy of ours. */
export function addressOf(request: Request): string | null {
  const last = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const plain = last.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(plain) ? plain : null;
}
