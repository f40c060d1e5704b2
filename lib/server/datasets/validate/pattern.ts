// re2js: RE2 in plain JavaScript, kept up to date, nothing to compile or to download when it is installed. The
// built-in engine backtracks: one pattern like (a+)+$ and a long cell would stand still for years.

import { RE2JS } from 're2js';
import { AppError } from '@/lib/server/platform/errors';
import { KiB } from '@/lib/shared/bytes';
import { patternSize } from '../columns/pattern-size';

const most = {
  /** Instructions of one pattern; `.{0,1000}` has 2,000. One of 50,000 took a gigabyte, and all of a worker's memory. */
  size: 2_500,
  /** Of all columns of a dataset together: compiling them takes 0.2 s. */
  sizes: 20_000,
  patterns: 250,
  /** Instructions times characters: some of them take 50 ns each, so a value takes a second at most. */
  work: 20_000_000,
  /** Bytes that a pattern keeps of what it met, for speed: 8 MB if it is not told. */
  memory: 64 * KiB,
};

export interface CompiledPattern {
  /** Whether a whole value matches, in time linear in its length. */
  matches(value: string): boolean;
  /** Characters of the longest value that may be compared with it. */
  longest: number;
}

/**
 * Compiles a pattern for comparing whole values with.
 * @throws AppError `bad-request` for what is no pattern, or too large a one
 */
export function compilePattern(pattern: string): CompiledPattern {
  if (patternSize(pattern) > most.size) {
    throw new AppError(
      'bad-request',
      `“${pattern}” is too large a pattern: its repetitions multiply to more than ${most.size.toLocaleString('en')} steps. Write it with + or * in place of high numbers, or limit the length of the values instead.`,
    );
  }
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw new AppError(
      'bad-request',
      `“${pattern}” is not a pattern that can be used. Look for a bracket that is not closed; lookarounds and back-references are not possible.`,
    );
  }
  let bounded = false;
  return {
    longest: Math.floor(most.work / compiled.programSize()),
    matches(value) {
      if (!bounded && compiled.re2Input.onepass === null) {
        bounded = true;
        const { dfa } = compiled.re2Input;
        dfa.stateBudget = most.memory;
        dfa.memBudget = most.memory;
      }
      return compiled.testExact(value);
    },
  };
}

/**
 * Refuses patterns that would take too much together.
 * @param columns all that a dataset has, or is to have
 * @throws AppError `bad-request`
 */
export function refusePatterns(columns: { rules: { pattern?: string } | null }[]): void {
  const patterns = columns.flatMap(({ rules }) => rules?.pattern ?? []);
  const sizes = patterns.reduce((sum, pattern) => sum + patternSize(pattern), 0);
  if (patterns.length <= most.patterns && sizes <= most.sizes) return;
  throw new AppError(
    'bad-request',
    `The patterns of these columns are too large together: ${patterns.length.toLocaleString('en')} with ${sizes.toLocaleString('en')} steps, of at most ${most.patterns} with ${most.sizes.toLocaleString('en')}. Leave some out, or write them with + or * in place of high numbers.`,
  );
}
