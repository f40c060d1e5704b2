import type { ImportStatusName } from '@/lib/shared/schema/import/import';
import { isFinal, isMoving } from '@/lib/shared/schema/import/status';

/**
 * How often imports that are shown are asked for again, in milliseconds. Events may be missing where there are some,
 * so what moves is looked up now and then all the same; and of what waits for its review no event tells that others
 * changed the dataset.
 */
export function refetchInterval(shown: ImportStatusName[], connected: boolean): number | false {
  const open = shown.filter((status) => !isFinal(status));
  if (!connected) return open.length > 0 && 2_000;
  return open.some((status) => isMoving(status) || status === 'REVIEW') && 15_000;
}
