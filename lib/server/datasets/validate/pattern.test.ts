import fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, it } from 'vitest';
import { Rejected } from '@/lib/shared/columns/validate/types';
import { patternSize } from '../columns/pattern-size';
import { compileCell } from './compile-cell';
import { compilePattern, refusePatterns } from './pattern';

const letters = '\\pL{0,999}'.repeat(49);

describe('the size of a pattern', () => {
  it.each([
    ['[A-Z]{2}-\\d+', 5],
    ['.{0,1000}', 2_000],
    ['(?:a{1,10}){1,10}', 230],
    ['(?P<year>\\d{4})|\\Q{9}(\\E', 16],
    ['[]\\]{9}[:alpha:]\\p{Greek}]{3}', 6],
    ['a{,5}', 5],
    [`(${letters})*x`, 97_906],
  ])('%j is about %i', (pattern, size) => {
    expect(patternSize(pattern)).toBeGreaterThan(size * 0.7);
    expect(patternSize(pattern)).toBeLessThan(size * 1.5 + 3);
  });

  it('is that of what it compiles to, or somewhat more, whatever it is', () => {
    const atom = fc.constantFrom(
      'a',
      '.',
      '\\d',
      '\\pL',
      '\\p{Greek}',
      '[a-z]',
      '[^]x]',
      '\\x{263a}',
      '\\Qa+\\E',
      '{',
      '^',
      '\\b',
      '[[:digit:]_]',
    );
    const times = fc.constantFrom('', '', '*', '+?', '?', '{3}', '{2,}', '{0,20}', '{5,9}?', '{x}');
    const { pattern } = fc.letrec<{ pattern: string; piece: string; group: string }>((tie) => ({
      group: fc
        .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?P<n>'), tie('pattern'))
        .map(([open, inner]) => `${open}${inner})`),
      piece: fc
        .tuple(fc.oneof({ depthSize: 'small' }, atom, tie('group')), times)
        .map(([text, many]) => text + many),
      pattern: fc
        .tuple(fc.array(tie('piece'), { minLength: 1, maxLength: 4 }), fc.constantFrom('', '|b', '|'))
        .map(([pieces, or]) => pieces.join('') + or),
    }));
    let compiled = 0;
    fc.assert(
      fc.property(pattern, (text) => {
        const estimated = patternSize(text);
        expect(estimated).toBeGreaterThan(0);
        if (estimated > 20_000) return;
        let size: number;
        try {
          size = RE2JS.compile(text, RE2JS.DOTALL).programSize();
        } catch {
          return;
        }
        compiled++;
        expect(estimated, text).toBeGreaterThanOrEqual((size - 4) / 2);
      }),
      { numRuns: 3_000, seed: 19 },
    );
    expect(compiled).toBeGreaterThan(1_000);
  });

  it('of any text at all is counted without an error', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'a\\(){}[]|?*+:^Qp1,EPx') }),
        (text) => patternSize(text) >= 0,
      ),
    );
  });
});

describe('patterns that would take all of the memory', () => {
  it('#84 are refused before they are compiled', () => {
    for (const pattern of [`(${letters})*x`, '((a{1,100}){1,100}){1,100}', '(.{1,1000}){1,1000}'])
      expect(() => compilePattern(pattern)).toThrow(/too large a pattern/);
    compilePattern('.{0,1000}');
  });

  it('are refused where they are many, as those of 200 columns', () => {
    const columns = (count: number, pattern: string) =>
      Array.from({ length: count }, () => ({ rules: { pattern } }));
    expect(() => refusePatterns(columns(200, '\\pL{0,99}x'))).toThrow(/together/);
    expect(() => refusePatterns(columns(251, 'a'))).toThrow(/together/);
    refusePatterns([...columns(200, '[A-Z]{2}\\d{4,10}'), { rules: null }]);
  });

  it('reject the values of a dataset that had one before, and of a text that is too long to be compared', () => {
    const column = { index: 0, slot: 0, name: 'c', type: 'TEXT' as const };
    const rejection = (pattern: string, value: string) => {
      const checked = compileCell({ ...column, rules: { pattern } })(value);
      return checked instanceof Rejected ? checked : null;
    };
    expect(rejection(`(${letters})*x`, 'x')?.reason).toMatch(/too large a pattern/);
    expect(rejection('(\\pL{0,999})*x', 'a'.repeat(50_000))?.code).toBe('too-long-for-pattern');
    expect(rejection('(\\pL{0,999})*x', 'a'.repeat(3_000))?.code).toBe('pattern');
    expect(rejection('(\\pL{0,999})*x', `${'a'.repeat(3_000)}x`)).toBeNull();
    expect(rejection('[^x]+', 'a'.repeat(1_000_000))).toBeNull();
  });
});
