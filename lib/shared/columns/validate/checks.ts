import { booleanWords } from '@/lib/shared/boolean-words';
import { checkDate, checkDateTime, checkTime } from './dates';
import { checkDecimal, checkInteger } from './numbers';
import { checkSpelledNumber } from './spelling/numbers';
import { yesNoReader } from './spelling/yes-no';
import { checkEmail, checkJson, checkText, checkUrl } from './texts';
import { type CellCheck, type CheckOptions, type Checks, Rejected } from './types';

function checkBoolean({ format }: CheckOptions): CellCheck {
  const read = format?.yesNo === undefined ? null : yesNoReader(format.yesNo);
  return (raw) =>
    booleanWords.get(raw.trim().toLowerCase()) ??
    read?.(raw) ??
    new Rejected(
      'not-a-boolean',
      'It is neither true nor false. Write true or false (yes and no or 1 and 0 will do as well).',
    );
}

/** A percentage that is read as a fraction is rarely whole any more. */
function checkSpelledInteger(options: CheckOptions): CellCheck {
  const check = checkInteger();
  const spelled = checkSpelledNumber(check, options);
  return (raw) => {
    const checked = spelled(raw);
    return typeof checked === 'string' ? check(checked) : checked;
  };
}

/** Column type → how its cells are checked. What a choice may be is a rule of its column. */
export const checks: Checks = {
  TEXT: checkText,
  INTEGER: checkSpelledInteger,
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
