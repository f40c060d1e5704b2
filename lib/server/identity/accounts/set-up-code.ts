import { createHmac, timingSafeEqual } from 'node:crypto';
import { authEnv } from '@/lib/server/platform/env';

/** Neither 0 nor O, neither 1 nor I: it is read from a terminal. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/**
 * The code that claims a new server: whoever can read the server's own output, or its secret, is its owner, and not
 * the first stranger who finds the address. It follows from the secret, so every web server has the same.
 */
export function setUpCode(secret = authEnv().AUTH_SECRET): string {
  const bytes = createHmac('sha256', secret).update('sluice set-up code').digest();
  const letters = [...bytes.subarray(0, 16)].map((byte) => alphabet[byte % 32]).join('');
  return letters.replace(/(.{4})(?=.)/g, '$1-');
}

/** Whether this is the code, however it was typed. */
export function isSetUpCode(given: string): boolean {
  const plain = (code: string) => Buffer.from(code.replace(/[^0-9a-z]/gi, '').toUpperCase());
  const [typed, right] = [plain(given), plain(setUpCode())];
  return typed.length === right.length && timingSafeEqual(typed, right);
}
