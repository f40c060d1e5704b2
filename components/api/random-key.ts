/**
 * A key that nobody else has drawn. Not by `crypto.randomUUID`, which browsers keep from pages that came over plain
 * HTTP from another machine.
 */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
