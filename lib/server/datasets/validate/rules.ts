import { AppError } from '@/lib/server/platform/errors';
import { Rejected } from '@/lib/shared/columns/validate/types';
import type { ColumnType } from '@/lib/shared/schema/dataset/column';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import { compareDecimals } from './compare-decimals';
import { type CompiledPattern, compilePattern } from './pattern';

/** Canonical text of a value → why its column does not take it; null when it does. */
export type RuleCheck = (value: string) => Rejected | null;

/** So many allowed values are named in a reason. */
const named = 8;

/**
 * Compiles what a column asks of its values. Empty cells, and what is unique in a file, are looked at elsewhere.
 * @returns null when it asks nothing
 */
export function compileRules(type: ColumnType, rules: ColumnRules | null | undefined): RuleCheck | null {
  if (!rules) return null;
  const all = [
    allowedRule(rules),
    boundRule(type, rules.min, -1),
    boundRule(type, rules.max, 1),
    lengthRule(rules),
    patternRule(rules),
  ].filter((rule) => rule !== null);
  if (all.length === 0) return null;
  return (value) => {
    for (const rule of all) {
      const rejected = rule(value);
      if (rejected) return rejected;
    }
    return null;
  };
}

function allowedRule({ allowed }: ColumnRules): RuleCheck | null {
  if (!allowed) return null;
  const there = new Set(allowed);
  const some = allowed.slice(0, named).map((value) => `“${value}”`);
  const list =
    allowed.length > named ? `${some.join(', ')} and ${allowed.length - named} more` : some.join(', ');
  const rejected = new Rejected(
    'not-allowed',
    `It is not one of the allowed values. Write one of ${list}, exactly so.`,
  );
  return (value) => (there.has(value) ? null : rejected);
}

function boundRule(type: ColumnType, bound: string | undefined, side: -1 | 1): RuleCheck | null {
  if (bound === undefined) return null;
  const compare = type === 'INTEGER' || type === 'DECIMAL' ? compareDecimals : compareTexts;
  const early = type === 'DATE' || type === 'DATETIME' || type === 'TIME';
  const rejected =
    side < 0
      ? new Rejected(
          'too-small',
          `It is ${early ? 'before' : 'less than'} ${bound}, the ${early ? 'earliest' : 'least'} that this column allows. Correct it.`,
        )
      : new Rejected(
          'too-great',
          `It is ${early ? 'after' : 'more than'} ${bound}, the ${early ? 'latest' : 'most'} that this column allows. Correct it.`,
        );
  return (value) => (compare(value, bound) === side ? rejected : null);
}

/** Canonical days and times line up as texts do; a time zone is not looked at. */
function compareTexts(value: string, bound: string): -1 | 0 | 1 {
  const local = value.replace(/(?:Z|[+-]\d\d:\d\d)$/, '');
  return local === bound ? 0 : local < bound ? -1 : 1;
}

function lengthRule({ minLength = 0, maxLength = Number.POSITIVE_INFINITY }: ColumnRules): RuleCheck | null {
  if (minLength === 0 && maxLength === Number.POSITIVE_INFINITY) return null;
  return (value) => {
    const length = charactersIn(value);
    if (length < minLength) {
      return new Rejected(
        'too-short',
        `It has ${length} of the ${minLength} characters that this column needs. Complete it.`,
      );
    }
    return length > maxLength
      ? new Rejected(
          'too-long',
          `It has ${length} characters, and this column allows at most ${maxLength}. Shorten it.`,
        )
      : null;
  };
}

/** Characters as people count them, or nearly: those beyond 16 bits are one. */
function charactersIn(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}

function patternRule({ pattern }: ColumnRules): RuleCheck | null {
  if (pattern === undefined) return null;
  const compiled = compiledOrWhyNot(pattern);
  if (compiled instanceof Rejected) return () => compiled;
  const rejected = new Rejected(
    'pattern',
    `It does not have the form that this column asks for (${pattern}). Correct it.`,
  );
  return (value) => {
    if (value.length > compiled.longest) {
      return new Rejected(
        'too-long-for-pattern',
        `It has ${value.length.toLocaleString('en')} characters, too many to be compared with the form that this column asks for (${pattern}). Shorten it.`,
      );
    }
    return compiled.matches(value) ? null : rejected;
  };
}

/** A dataset may have had a pattern before it was known to be too large: its values are rejected for it. */
function compiledOrWhyNot(pattern: string): CompiledPattern | Rejected {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return new Rejected('pattern', `Its column has a form that cannot be used. ${error.message}`);
  }
}
