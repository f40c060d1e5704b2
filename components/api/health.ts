import type { Answer } from '@/lib/shared/api/client';
import { openApi } from './client';

/** Outside of the API's version, since platforms ask it. */
const baseUrl = '/api';

/** Whether the server can do its work, and whether there is a worker. */
export function getHealth(signal?: AbortSignal): Promise<Answer<'/health'>> {
  return openApi.get('/health', { baseUrl, signal });
}

/** A sentence about a full disk, or null where none is: also from a server that can do nothing else. */
export async function getProblem(signal?: AbortSignal): Promise<string | null> {
  const answer = await fetch(`${baseUrl}/health`, { signal });
  const said: { problem?: unknown } = await answer.json();
  return typeof said.problem === 'string' ? said.problem : null;
}
