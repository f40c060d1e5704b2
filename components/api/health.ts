import type { HealthView } from '@/lib/shared/schema/health';
import { call } from './client';

/** Whether the server can do its work, and whether there is a worker. */
export function getHealth(signal?: AbortSignal): Promise<HealthView> {
  return call('GET', '/api/health', { signal, open: true });
}

/** A sentence about a full disk, or null where none is: also from a server that can do nothing else. */
export async function getProblem(signal?: AbortSignal): Promise<string | null> {
  const answer = await fetch('/api/health', { signal });
  const said: { problem?: unknown } = await answer.json();
  return typeof said.problem === 'string' ? said.problem : null;
}
