import { compileStep } from '@/lib/shared/columns/transform/steps';
import type { LetterCase, TransformStep } from '@/lib/shared/schema/import/transform';

/**
 * A step of a transform, done to the bytes of a value where they are; they get no more, but as {@link addedBytes} says.
 * @returns where the value ends then; -1 when it cannot vouch for what the step makes of it
 */
export type ByteStep = (bytes: Buffer, from: number, to: number) => number;

/** A step as it is done to bytes. */
export function byteStep(step: TransformStep): ByteStep {
  switch (step.kind) {
    case 'TRIM':
      return trim;
    case 'CASE':
      return cases[step.to];
    case 'DEFAULT':
      return defaultStep(Buffer.from(step.value));
    case 'SPLIT':
      return splitStep(Buffer.from(step.separator), step.part, step.rest === true);
    case 'REPLACE':
      return replaceStep(step);
    default:
      return step satisfies never;
  }
}

/** The most bytes that a step adds to a value. */
export function addedBytes(step: TransformStep): number {
  if (step.kind === 'DEFAULT') return Buffer.byteLength(step.value);
  return step.kind === 'REPLACE' ? Math.max(0, ...step.values.map(({ to }) => Buffer.byteLength(to))) : 0;
}

const SPACE = 32;
const TAB = 9;
const CR = 13;
const APOSTROPHE = 39;
const ZERO = 48;
const SMALL = 0x20;
/** The first bytes of U+0080 to U+00BF, of U+00C0 to U+00FF, and of dashes, quotation marks and spaces. */
const LATIN_SIGNS = 0xc2;
const LATIN_LETTERS = 0xc3;
const PUNCTUATION = 0xe2;

const isSpace = (byte: number) => byte === SPACE || (byte >= TAB && byte <= CR);

/** Whether one of Unicode's spaces beyond ASCII stands there. */
function isOtherSpace(bytes: Buffer, at: number): boolean {
  const [second = 0, third = 0] = [bytes[at + 1], bytes[at + 2]];
  switch (bytes[at]) {
    case LATIN_SIGNS:
      return second === 0xa0;
    case 0xe1:
      return second === 0x9a && third === 0x80;
    case PUNCTUATION:
      if (second === 0x81) return third === 0x9f;
      return second === 0x80 && (third <= 0x8a || third === 0xa8 || third === 0xa9 || third === 0xaf);
    case 0xe3:
      return second === 0x80 && third === 0x80;
    case 0xef:
      return second === 0xbb && third === 0xbf;
    default:
      return false;
  }
}

function trim(bytes: Buffer, from: number, to: number): number {
  let o = from;
  let waits = false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte <= SPACE && isSpace(byte)) {
      waits = o > from;
      continue;
    }
    if (byte >= LATIN_SIGNS && isOtherSpace(bytes, i)) return -1;
    if (waits) bytes[o++] = SPACE;
    waits = false;
    bytes[o++] = byte;
  }
  return o;
}

function defaultStep(value: Buffer): ByteStep {
  return (bytes, from, to) => {
    for (let i = from; i < to; i++) {
      const byte = bytes[i] ?? 0;
      if (isSpace(byte)) continue;
      return byte >= LATIN_SIGNS && isOtherSpace(bytes, i) ? -1 : to;
    }
    return from + value.copy(bytes, from);
  };
}

/** Part of a value: of two separators that overlap the first one counts. */
function splitStep(separator: Buffer, part: number, rest: boolean): ByteStep {
  const [first = 0] = separator;
  const isThere = (bytes: Buffer, at: number, to: number) => {
    if (at + separator.length > to) return false;
    for (let i = 1; i < separator.length; i++) if (bytes[at + i] !== separator[i]) return false;
    return true;
  };
  const count = (bytes: Buffer, from: number, to: number) => {
    let parts = 1;
    for (let i = from; i < to; i++) {
      if (bytes[i] !== first || !isThere(bytes, i, to)) continue;
      parts++;
      i += separator.length - 1;
    }
    return parts;
  };
  return (bytes, from, to) => {
    let left = part > 0 ? part - 1 : count(bytes, from, to) + part;
    if (left < 0) return from;
    let start = from;
    for (let i = from; i < to; i++) {
      if (bytes[i] !== first || !isThere(bytes, i, to)) continue;
      if (left === 0 && !rest) return from + bytes.copy(bytes, from, start, i);
      if (left > 0) start = i + separator.length;
      if (left === 0) break;
      left--;
      i += separator.length - 1;
    }
    return left > 0 ? from : from + bytes.copy(bytes, from, start, to);
  };
}

/** The first different values that come, and what becomes of them, are kept. */
const keptValues = 1_000;
const longestKept = 200;

function replaceStep(step: TransformStep & { kind: 'REPLACE' }): ByteStep {
  const replace = compileStep(step);
  const known = new Map<string, Buffer | null>();
  return (bytes, from, to) => {
    const value = bytes.toString('utf8', from, to);
    let replaced = known.get(value);
    if (replaced === undefined) {
      const found = replace(value);
      replaced = typeof found === 'string' ? Buffer.from(found) : null;
      if (known.size < keptValues && value.length <= longestKept) known.set(value, replaced);
    }
    return replaced === null ? -1 : from + replaced.copy(bytes, from);
  };
}

const isSmall = (byte: number) => byte >= 97 && byte <= 122;
const isLarge = (byte: number) => byte >= 65 && byte <= 90;

/** Second bytes of letters with accents: all but the signs for multiplication and division. */
const isAccented = (byte: number) => byte !== 0x97 && byte !== 0xb7;
/** Those whose large letter is not as long, or is none of these: ß and ÿ. */
const growsLarge = (byte: number) => byte === 0x9f || byte === 0xbf;
const toSmall = (byte: number) => (byte <= 0x9e && isAccented(byte) ? byte | SMALL : byte);
const toLarge = (byte: number) => (byte >= 0xa0 && isAccented(byte) ? byte & ~SMALL : byte);
const MICRO = 0xb5;

function lower(bytes: Buffer, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      if (isLarge(byte)) bytes[i] = byte | SMALL;
    } else if (byte === LATIN_LETTERS) {
      i++;
      bytes[i] = toSmall(bytes[i] ?? 0);
    } else if (byte === LATIN_SIGNS) i++;
    else if (byte === PUNCTUATION && bytes[i + 1] === 0x80) i += 2;
    else return -1;
  }
  return to;
}

function upper(bytes: Buffer, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      if (isSmall(byte)) bytes[i] = byte & ~SMALL;
    } else if (byte === LATIN_LETTERS) {
      i++;
      const second = bytes[i] ?? 0;
      if (growsLarge(second)) return -1;
      bytes[i] = toLarge(second);
    } else if (byte === LATIN_SIGNS) {
      i++;
      if (bytes[i] === MICRO) return -1;
    } else if (byte === PUNCTUATION && bytes[i + 1] === 0x80) i += 2;
    else return -1;
  }
  return to;
}

/** See `titleCase`. */
function title(bytes: Buffer, from: number, to: number): number {
  let inWord = false;
  for (let i = from; i < to; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      const isLetter = isSmall(byte | SMALL);
      if (isLetter) bytes[i] = inWord ? byte | SMALL : byte & ~SMALL;
      const goesOn: boolean = isLetter || (inWord && (byte - ZERO) >>> 0 <= 9);
      if (byte === APOSTROPHE && inWord) {
        const ending = isEnding(bytes, i + 1, to);
        if (ending < 0) return -1;
        inWord = ending === 1;
      } else inWord = goesOn;
    } else if (byte === LATIN_LETTERS) {
      i++;
      const second = bytes[i] ?? 0;
      if (!isAccented(second)) inWord = false;
      else {
        if (!inWord && growsLarge(second)) return -1;
        bytes[i] = inWord ? toSmall(second) : toLarge(second);
        inWord = true;
      }
    } else if (byte === PUNCTUATION && bytes[i + 1] === 0x80) {
      i += 2;
      if (bytes[i] === 0x99 && inWord) {
        const ending = isEnding(bytes, i + 1, to);
        if (ending < 0) return -1;
        inWord = ending === 1;
      } else inWord = false;
      // Letters, digits and signs are mixed among all others.
    } else return -1;
  }
  return to;
}

/** Whether one or two letters end a word there: 1 if so, 0 if not, -1 where that is not only for ASCII to tell. */
function isEnding(bytes: Buffer, at: number, to: number): number {
  for (let i = at; i < at + 3; i++) {
    const byte = i < to ? (bytes[i] ?? 0) : SPACE;
    if (byte >= 0x80) return -1;
    if (isSmall(byte | SMALL)) continue;
    const isDigit = (byte - ZERO) >>> 0 <= 9;
    return i > at && !isDigit ? 1 : 0;
  }
  return 0;
}

const cases: Record<LetterCase, ByteStep> = { UPPER: upper, LOWER: lower, TITLE: title };
