import { checkDate, checkDateTime, checkTime } from './dates';
import { checkSpelledNumber } from './number-spelling';
import { checkDecimal, checkInteger } from './numbers';
import { checkEmail, checkJson, checkText, checkUrl } from './texts';
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
    words.get(raw.trim().toLowerCase()) ??
    new Rejected(
      'not-a-boolean',
      'It is neither true nor false. Write true or false (yes and no or 1 and 0 will do as well).',
    );
}

/** Column type → how its cells are checked. What a choice may be is a rule of its column. */
export const checks: Checks = {
  TEXT: checkText,
  INTEGER: (options) => checkSpelledNumber(checkInteger(), options),
  DECIMAL: (options) => checkSpelledNumber(checkDecimal(options), options),
  BOOLEAN: checkBoolean,
  DATE: checkDate,
  DATETIME: checkDateTime,
  TIME: checkTime,
  EMAIL: checkEmail,
  URL: checkUrl,
  CHOICE: checkText,
  JSON: checkJson,
};
