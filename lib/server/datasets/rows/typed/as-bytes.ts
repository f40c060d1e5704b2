import { KiB } from '@/lib/shared/bytes';

let scratch = Buffer.alloc(4 * KiB);

/**
 * The bytes of a number, a day, a time or truth, which are ASCII, from the first one on. They stand there until the next
 * text comes.
 */
export function asBytes(text: string): Buffer {
  const { length } = text;
  if (length > scratch.length) scratch = Buffer.alloc(2 * length);
  for (let i = 0; i < length; i++) scratch[i] = text.charCodeAt(i);
  return scratch;
}
