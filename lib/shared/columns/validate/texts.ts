import { z } from '@/lib/shared/zod';
import { type CellCheck, Rejected } from './types';

/**
 * Half of a surrogate pair cannot be written as UTF-8: it would silently become another character. And a NUL is what
 * PostgreSQL has no text for; readers find it themselves, but a value can also be typed in, or be a column's default.
 */
const doubtful = /[\0\ud800-\udfff]/;

const halfCharacter = new Rejected(
  'bad-character',
  'It has half a character (a lone surrogate) which cannot be stored. Type the value again.',
  true,
);
const nulCharacter = new Rejected(
  'nul-byte',
  'It has a NUL character, which cannot be stored. Type the value again.',
  true,
);

/** Any text, as it is. */
export function checkText(): CellCheck {
  return (raw) => {
    if (!doubtful.test(raw)) return raw;
    if (raw.includes('\0')) return nulCharacter;
    return raw.isWellFormed() ? raw : halfCharacter;
  };
}

/** RFC 5321: 64 before the at sign, 255 behind it. */
const longestEmail = 320;

/** One e-mail address, as it is written. */
export function checkEmail(): CellCheck {
  const notAnEmail = new Rejected(
    'not-an-email',
    'It is not an e-mail address. Write it like name@example.com.',
  );
  return (raw) => {
    const text = raw.trim();
    return text.length <= longestEmail && z.regexes.email.test(text) ? text : notAnEmail;
  };
}

const webAddress = /^(?:https?|ftps?):\/\/[^\s/?#]/i;

/** One web address with its protocol, as it is written. */
export function checkUrl(): CellCheck {
  const text = checkText();
  return (raw) => {
    const trimmed = raw.trim();
    if (webAddress.test(trimmed) && !/[\s<>"]/.test(trimmed) && URL.canParse(trimmed)) return text(trimmed);
    return new Rejected('not-a-url', 'It is not a web address. Write it like https://example.com/page.');
  };
}

/** PostgreSQL reads JSON by recursion; nobody nests so deep. */
const deepest = 500;

/** One JSON value, as it is written. */
export function checkJson(): CellCheck {
  const text = checkText();
  return (raw) => {
    try {
      JSON.parse(raw);
    } catch {
      return new Rejected(
        'not-json',
        'It is not JSON. Look for a missing quote or bracket, or make the column text.',
      );
    }
    return depthOf(raw) > deepest
      ? new Rejected('too-deep', `Its brackets are nested more than ${deepest} deep. Make the column text.`)
      : text(raw);
  };
}

/** How deep the brackets of valid JSON are nested. */
function depthOf(json: string): number {
  let depth = 0;
  let greatest = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/g)) {
    if (token === '[' || token === '{') greatest = Math.max(greatest, ++depth);
    else if (token === ']' || token === '}') depth--;
  }
  return greatest;
}
