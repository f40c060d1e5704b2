import { ApiError } from '@/components/api/client';
import { isOutageStatus, isSluiceOutage } from '@/lib/shared/outage-status';

/** True for errors that may be gone in a moment: no answer, an overloaded server, an address that expired. */
export function isRetryable(error: Error): boolean {
  if (error instanceof ApiError) return isSluiceOutage(error.status);
  const source: unknown = 'source' in error ? error.source : undefined;
  if (typeof source !== 'object' || !source || !('status' in source)) return false;
  return isOutageStatus(Number(source.status)) || /expired/i.test(error.message);
}
