// proxy-addr is what Express decides `trust proxy` with: its words and numbers mean here what people know from there.
import proxyaddr from 'proxy-addr';

/** Whether an address may say whom it asks for. @param hop 0 for the connection itself, 1 for the one before it, … */
export type Trust = (address: string, hop: number) => boolean;

/**
 * What TRUST_PROXY says: `false` (nobody), a number of proxies, addresses, subnets and the words `loopback`, `linklocal`
 * and `uniquelocal` with commas between them, or `true` (everybody).
 * @throws TypeError when it is none of these
 */
export function trustedProxies(setting: string): Trust {
  const said = setting.trim().toLowerCase();
  if (said === 'true') return () => true;
  if (said === 'false' || said === '') return () => false;
  if (/^\d{1,3}$/.test(said)) {
    const proxies = Number(said);
    return (_address, hop) => hop < proxies;
  }
  return proxyaddr.compile(said.split(/\s*,\s*/));
}

/** Whether {@link trustedProxies} can read it. */
export function isProxySetting(setting: string): boolean {
  try {
    trustedProxies(setting);
    return true;
  } catch {
    return false;
  }
}
