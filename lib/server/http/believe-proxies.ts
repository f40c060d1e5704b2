import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import proxyaddr from 'proxy-addr';
import { env } from '../platform/env';
import { log } from '../platform/log';
import { type Trust, trustedProxies } from '../platform/trusted-proxies';

/** Set here for every request, whatever it brought: whether a proxy spoke for it, and was believed. */
export const proxyHeader = 'x-sluice-proxy';

/**
 * Has X-Forwarded-For, -Proto and -Host believed only where a proxy of TRUST_PROXY sent them. Every request gets them as
 * they may be believed before anybody reads them: one address in -For, `http` or `https` in -Proto, and -Host only from
 * a proxy. So rates, the audit log, cookies, redirects to https and the check for other sites all decide alike.
 *
 * Node tells of a request before any server hears of it, be that Next's, ours or that of `npm run dev`.
 */
export function believeProxies(): void {
  const trust = trustedProxies(env().TRUST_PROXY);
  let told = false;
  subscribe('http.server.request.start', (message) => {
    if (!isStart(message)) return;
    const ignored = settleForwarded(message.request, trust) === 'ignored';
    if (!ignored || told) return;
    told = true;
    log().warn(
      { address: message.request.socket.remoteAddress },
      'a request came with X-Forwarded-… from an address that TRUST_PROXY does not name: it was not believed',
    );
  });
}

/** Replaces what a request says of its way by what may be believed of it. @returns what {@link proxyHeader} says */
export function settleForwarded(request: IncomingMessage, trust: Trust): 'none' | 'trusted' | 'ignored' {
  const { headers, socket } = request;
  const connection = socket.remoteAddress ?? '';
  const forwarded = ['for', 'proto', 'host'].some((name) => `x-forwarded-${name}` in headers);
  const trusted = trust(connection, 0);
  const address = withoutPort(trusted ? proxyaddr(request, trust) : connection);
  const proto = trusted ? firstOf(headers['x-forwarded-proto']) : undefined;
  const host = trusted ? firstOf(headers['x-forwarded-host']) : undefined;
  for (const name of Object.keys(headers)) if (name.startsWith('x-forwarded-')) delete headers[name];
  headers['x-forwarded-for'] = isIP(address) > 0 ? address : connection;
  headers['x-forwarded-proto'] = proto === 'https' || 'encrypted' in socket ? 'https' : 'http';
  if (host) headers['x-forwarded-host'] = host;
  const proxy = !forwarded ? 'none' : trusted ? 'trusted' : 'ignored';
  headers[proxyHeader] = proxy;
  return proxy;
}

/** Proxies in a row append to the header; the first entry is of the browser. */
function firstOf(header: string | string[] | undefined): string | undefined {
  return String(header ?? '')
    .split(',')[0]
    ?.trim()
    .toLowerCase();
}

/** Some proxies write the port of the connection to the address. */
function withoutPort(address: string): string {
  return address.replace(/^(\d+(?:\.\d+){3}):\d+$/, '$1').replace(/^\[([\da-f:.]+)\](?::\d+)?$/i, '$1');
}

function isStart(message: unknown): message is { request: IncomingMessage } {
  return typeof message === 'object' && message !== null && 'request' in message;
}
