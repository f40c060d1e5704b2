import { Refusal } from './refusal';

/**
 * The one range that a header asks for.
 * @returns from where to before where, or null when the whole is wanted
 * @throws Refusal when there is nothing there
 */
export function parseRange(header: string | undefined, size: number): { start: number; end: number } | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size : Math.min(size, Number(to) + 1);
  if (start >= end) throw new Refusal(416, 'InvalidRange', 'The object does not reach that far.');
  return { start, end };
}
