import { checkDate, checkDateTime, checkTime } from './dates';
import { checkDecimal, checkInteger } from './numbers';
import { type CellCheck, type Checks, Rejected } from './types';

const words = new Map<string, string>([
  ['true', 'true'],
  ['t', 'true'],
  ['yes', 'true'],
  ['y', 'true'],
  ['1', 'true'],
  ['false', 'false'],
  ['f', 'false'],
  ['no', 'false'],
  ['n', 'false'],
  ['0', 'false'],
] as const);

function checkBoolean(): CellCheck {
  return (raw) =>
    words.get(raw.trim().toLowerCase()) ?? new Rejected('not-a-boolean', 'It is neither true nor false.');
}

/** Half of a surrogate pair cannot be written as UTF-8: it would silently become another character. */
const surrogate = /[\ud800-\udfff]/;

function checkText(): CellCheck {
  return (raw) =>
    surrogate.test(raw) && !raw.isWellFormed()
      ? new Rejected('bad-character', 'It has half a character (a lone surrogate), which cannot be stored.')
      : raw;
}

/** Column type → how its cells are checked. */
export const checks: Checks = {
  TEXT: checkText,
  INTEGER: checkInteger,
  DECIMAL: checkDecimal,
  BOOLEAN: checkBoolean,
  DATE: checkDate,
  DATETIME: checkDateTime,
  TIME: checkTime,
};
