import type { HealthView } from '@/lib/health/contract';
import { call } from './client';

/** Whether the server can do its work, and whether there is a worker. */
export function getHealth(signal?: AbortSignal): Promise<HealthView> {
  return call('GET', '/api/health', { signal, open: true });
}
