import { z } from 'zod';
import { addressOf } from '../platform/request-source';
import { proxyHeader } from './believe-proxies';

/** As whom this server sees whoever asks, so that a wrong TRUST_PROXY can be found from outside. */
export const visitorView = z.object({
  proxy: z
    .enum(['none', 'trusted', 'ignored'])
    .describe('Whether a proxy told who asks, and whether TRUST_PROXY has it believed.'),
  address: z
    .string()
    .nullable()
    .describe('The address that the request counts for; null where it is that of a proxy.'),
});
export type VisitorView = z.infer<typeof visitorView>;

/** What {@link visitorView} says of a request. */
export function visitorOf(request: Request): VisitorView {
  const proxy = visitorView.shape.proxy.catch('none').parse(request.headers.get(proxyHeader));
  return { proxy, address: proxy === 'ignored' ? null : addressOf(request) };
}
