import { createHmac } from 'node:crypto';

/** What every credential of the local command line begins with. */
export const localPrefix = 'local.';

/** Long enough for a clock that is read twice on one machine, and for a request that waits. */
const lifetimeSeconds = 300;

/** The signature over an expiry, in seconds since 1970. */
export function localSignature(key: string, expiry: string): string {
  return createHmac('sha256', key).update(`sluice local ${expiry}`).digest('base64url');
}

/**
 * A credential for the Sluice that runs on a folder, good for five minutes.
 * @param key what that Sluice noted in its folder, where only its own user may read it
 */
export function signLocalCredential(key: string): string {
  const expiry = String(Math.floor(Date.now() / 1000) + lifetimeSeconds);
  return `${localPrefix}${expiry}.${localSignature(key, expiry)}`;
}
