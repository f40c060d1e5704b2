import { AsyncLocalStorage } from 'node:async_hooks';
import { isIP } from 'node:net';

/** Where the current request came from: its address, and the credential if it is no session. */
interface RequestSource {
  address: string | null;
  via: string | null;
}

/** One for the process, however often bundles load this module. */
declare global {
  var sluiceRequestSource: AsyncLocalStorage<RequestSource> | undefined;
}
function storage(): AsyncLocalStorage<RequestSource> {
  globalThis.sluiceRequestSource ??= new AsyncLocalStorage();
  return globalThis.sluiceRequestSource;
}

/** Runs the work of a request, so that {@link currentRequestSource} knows where it came from. */
export function runAsRequest<T>(request: Request, work: () => Promise<T>): Promise<T> {
  return storage().run({ address: addressOf(request), via: null }, work);
}

/** Records that the user signed in by a credential instead of a session: `token:NAME`, or `local`. */
export function noteCredential(via: string): void {
  const source = storage().getStore();
  if (source) source.via = via;
}

/** Where the request being answered came from; empty in a worker. */
export function currentRequestSource(): RequestSource {
  return storage().getStore() ?? { address: null, via: null };
}

/** The client address that can be trusted (lib/server/http/believe-proxies.ts): from the connection, or a trusted proxy. */
export function addressOf(request: Request): string | null {
  const last = request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  const plain = last.replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(plain) ? plain : null;
}
