import { ApiError } from '@/components/api/client';

/** True for errors that may be gone in a moment: no answer, an overloaded server, an address that expired. */
export function isRetryable(error: Error): boolean {
  if (error instanceof ApiError) return error.status === 0 || error.status >= 500;
  const source: unknown = 'source' in error ? error.source : undefined;
  if (typeof source !== 'object' || !source || !('status' in source)) return false;
  return source.status === 0 || Number(source.status) >= 500 || /expired/i.test(error.message);
}
