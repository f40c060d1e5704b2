import { checks } from '@/lib/shared/columns/validate/checks';
import type { ColumnRules } from '@/lib/shared/schema/dataset/column-rules';
import type { FastType } from '../write-checked';
import { oddValues } from './odd-values';
import { below, pick, plainValue, type Random } from './random-values';

const closeBounds = [
  '0',
  '-0',
  '-0.5',
  '0.5',
  '5',
  '5.0',
  '9',
  '-1',
  '999999999999999',
  '1000000000000000',
] as const;
const patterns = [
  '.*',
  '\\d+',
  '[a-z ]*',
  '[^"]*',
  '[\\p{L}7 ]+',
  '.{0,10}',
  '\\d{4}-.*',
  '-?\\d+(\\.\\d+)?',
] as const;
const fallbacks = ['0', 'a "b" \\ \n', 'Žofie 😀', 'x'.repeat(200)] as const;

/** Canonical text of a value, such as a rule is given in. */
function canonical(random: Random, type: FastType): string {
  if ((type === 'INTEGER' || type === 'DECIMAL') && random() < 0.4) return pick(random, closeBounds);
  const checked = checks[type]({})(
    random() < 0.5 ? pick(random, oddValues[type]) : plainValue(random, type) || '7',
  );
  return typeof checked === 'string' ? checked : canonical(random, type);
}

/** Rules that a good part of a column's cells keeps, and others do not. For tests. */
export function randomRules(random: Random, type: FastType): ColumnRules {
  const rules: ColumnRules = {};
  if (random() < 0.3) rules.required = true;
  if (random() < 0.1) rules.unique = true;
  if (random() < 0.2) rules.default = pick(random, fallbacks);
  if (random() < 0.25) rules.min = canonical(random, type);
  if (random() < 0.25) rules.max = canonical(random, type);
  if (random() < 0.2) rules.minLength = below(random, 5);
  if (random() < 0.3) rules.maxLength = pick(random, [1, 4, 10, 63, 200]);
  if (random() < 0.1)
    rules.allowed = Array.from({ length: 1 + below(random, 20) }, () => canonical(random, type));
  if (random() < 0.15) rules.pattern = pick(random, patterns);
  return rules;
}
