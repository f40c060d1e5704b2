// re2js: RE2 in plain JavaScript, kept up to date, nothing to compile or to download when it is installed. The
// built-in engine backtracks: one pattern like (a+)+$ and a long cell would stand still for years.
import { RE2JS } from 're2js';
import { AppError } from '../errors';

/**
 * A test whether a whole value matches a pattern, in time linear in its length.
 * @throws AppError `bad-request` for what is no pattern
 */
export function compilePattern(pattern: string): (value: string) => boolean {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw new AppError(
      'bad-request',
      `“${pattern}” is not a pattern that can be used. Look for a bracket that is not closed; lookarounds and back-references are not possible.`,
    );
  }
  return (value) => compiled.testExact(value);
}
