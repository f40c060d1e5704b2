import { expect, it } from 'vitest';
import { compileStep } from '@/lib/shared/columns/transform/steps';
import type { TransformStep } from '@/lib/shared/schema/import/transform';
import { randomFrom } from '@/testing/random-from';
import { byteStep } from './step-bytes';
import { below, pick } from './testing/random-values';

const steps: TransformStep[] = [
  { kind: 'TRIM' },
  { kind: 'CASE', to: 'UPPER' },
  { kind: 'CASE', to: 'LOWER' },
  { kind: 'CASE', to: 'TITLE' },
  { kind: 'DEFAULT', value: 'Wert „ü“' },
  { kind: 'DEFAULT', value: '' },
  { kind: 'SPLIT', separator: ' ', part: 2 },
  { kind: 'SPLIT', separator: 'aa', part: 1, rest: true },
  { kind: 'SPLIT', separator: 'aa', part: 2, rest: true },
  { kind: 'SPLIT', separator: 'é', part: -1 },
  { kind: 'SPLIT', separator: '  ', part: -2, rest: true },
  { kind: 'REPLACE', values: [{ from: 'a', to: 'Wert „ü“' }], ignoreCase: true },
  { kind: 'REPLACE', values: [{ from: 'é', to: '' }], others: 'EMPTY' },
  { kind: 'REPLACE', values: [] },
];

const pieces = [
  ..."aZbQ   \t\n\r'’-_.0 9éÉßÿ×÷ÀÞªµº²¼·«»–…“”",
  ...['\u00a0', '\u2003', '\u2028', '\u202f', '\u205f', '\u3000', '\ufeff', '\u1680', '\u0085', '\u200b'],
  ...['Σ', 'ς', 'İ', 'ı', 'ǆ', '漢', '😀', '\u0301', '€', '⁰'],
] as [string, ...string[]];

/** What a step makes of the bytes of a text; null where it leaves that to the text. */
function byBytes(step: TransformStep, value: string): string | null {
  const bytes = Buffer.alloc(1_000, 'x');
  const from = 7;
  const end = byteStep(step)(bytes, from, from + bytes.write(value, from));
  return end < 0 ? null : bytes.toString('utf8', from, end);
}

it('changes bytes as text is changed, or leaves it to that', () => {
  const random = randomFrom(20_261_129);
  let vouched = 0;
  for (let i = 0; i < 8_000; i++) {
    const some = Array.from({ length: 1 + below(random, 6) }, () => pick(random, pieces)) as [string];
    const value = Array.from({ length: below(random, 9) }, () => pick(random, some)).join('');
    for (const step of steps) {
      const made = byBytes(step, value);
      if (made === null) continue;
      vouched++;
      expect(made, JSON.stringify([step, value])).toBe(compileStep(step)(value));
    }
  }
  expect(vouched).toBeGreaterThan(50_000);
});

it.each([
  [{ kind: 'CASE', to: 'TITLE' }, "JÜRGEN o’neill, anna's", "Jürgen O’Neill, Anna's"],
  [{ kind: 'CASE', to: 'LOWER' }, 'ÀÉ „X“ – Ÿ', null],
  [{ kind: 'CASE', to: 'UPPER' }, 'straße', null],
  [{ kind: 'CASE', to: 'UPPER' }, 'é – “à”', 'É – “À”'],
  [{ kind: 'TRIM' }, ' a\u00a0', null],
  [{ kind: 'TRIM' }, '\t a  – b ', 'a – b'],
] as const)('vouches for what is common: %o of %s', (step, value, expected) => {
  expect(byBytes(step, value)).toBe(expected);
});
