import fc from 'fast-check';
import { expect, it } from 'vitest';
import { db } from '@/lib/server/platform/db/client';
import { openDatabase } from '@/testing/environment';
import { decoders, longestDecoded } from './decode-typed';

openDatabase();

/** What is written for a value, in the middle of others. */
function decoded(type: keyof typeof decoders, value: Buffer): string {
  const out = Buffer.alloc(longestDecoded + 2, '#');
  const end = decoders[type]?.(Buffer.concat([Buffer.from('##'), value]), 2, out, 1) ?? 0;
  expect(out[0]).toBe(0x23);
  return out.toString('latin1', 1, end);
}

function integer(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  return bytes;
}

function day(days: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(days);
  return bytes;
}

it('writes every whole number', () => {
  const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
  const edges = [0n, 9n, 10n, 999_999_999n, 10n ** 9n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 10n ** 18n, most];
  for (const edge of edges.flatMap((n) => [n, -n, n - 1n, 1n - n]).concat(least))
    expect(decoded('INTEGER', integer(edge))).toBe(String(edge));
  const any = fc.oneof(fc.bigInt(least, most), fc.bigInt(-(10n ** 10n), 10n ** 10n));
  fc.assert(fc.property(any, (value) => decoded('INTEGER', integer(value)) === String(value)));
});

it('writes days of all years of four digits, and no others', () => {
  const epoch = Date.UTC(2000, 0, 1);
  const dayOf = (iso: string) => (Date.parse(`${iso}T00:00:00Z`) - epoch) / 86_400_000;
  const [first, last] = [dayOf('0001-01-01'), dayOf('9999-12-31')];
  for (let days = first; days <= last; days += 37) {
    const iso = new Date(epoch + days * 86_400_000).toISOString().slice(0, 10);
    if (decoded('DATE', day(days)) !== iso) expect(decoded('DATE', day(days))).toBe(iso);
  }
  for (const iso of ['1900-02-28', '1900-03-01', '2000-02-29', '2024-02-29', '9999-12-31', '0001-01-01'])
    expect(decoded('DATE', day(dayOf(iso)))).toBe(iso);
  for (const days of [first - 1, last + 1, 2 ** 31 - 1, -(2 ** 31)])
    expect(() => decoded('DATE', day(days))).toThrow('four digits');
});

it('takes what PostgreSQL sends', async () => {
  const [sent] = await db().$queryRaw<
    { whole: Uint8Array; day: Uint8Array; yes: Uint8Array; no: Uint8Array }[]
  >`
    select int8send(-1234567890123) as whole, date_send('2026-07-31') as day, boolsend(true) as yes, boolsend(false) as no`;
  const bytes = (value: Uint8Array | undefined) => Buffer.from(value ?? []);
  expect(decoded('INTEGER', bytes(sent?.whole))).toBe('-1234567890123');
  expect(decoded('DATE', bytes(sent?.day))).toBe('2026-07-31');
  expect(decoded('BOOLEAN', bytes(sent?.yes))).toBe('true');
  expect(decoded('BOOLEAN', bytes(sent?.no))).toBe('false');
});
