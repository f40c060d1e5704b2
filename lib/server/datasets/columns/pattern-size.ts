/** `{3}`, `{3,}` or `{3,9}` behind what is repeated. */
const repetition = /^\{(\d{1,5})(?:,(\d{0,5}))?\}/;
const groupStart = /^\(\?(?:P?<\w*>|[a-zA-Z-]*:?)/;
const property = /^\\[pP](?:\{[^}]*\}|.)/s;
const hexadecimal = /^\\x(?:\{[^}]*\}|..)/s;
const classEscape = /^\\./s;
const posixClass = /^\[:\^?\w+:\]/;

/**
 * How many instructions a pattern compiles to, or a few more: repetitions within repetitions multiply, so that 500
 * characters can make a million. Counted from the text, since compiling it is what takes the memory. What is no pattern
 * has some size, too: the compiler says what is wrong with it.
 */
export function patternSize(pattern: string): number {
  let at = 0;

  /** What one of these takes at this place. Null when none stands here. */
  function take(...forms: RegExp[]): RegExpExecArray | null {
    const rest = pattern.slice(at);
    for (const form of forms) {
      const found = form.exec(rest);
      if (!found) continue;
      at += found[0].length;
      return found;
    }
    return null;
  }

  function alternatives(): number {
    let size = 0;
    while (at < pattern.length && pattern[at] !== ')') size += take(/^\|/) ? 1 : repeated();
    return size;
  }

  function repeated(): number {
    let size = one();
    for (;;) {
      const times = take(repetition);
      if (times) {
        const [, least = '0', most = least] = times;
        // Each of those that may be left out takes an instruction to jump over it.
        size = Math.max(Number(least), Number(most), 1) * (size + 1);
      } else if (take(/^[*+?]/)) size += 1;
      else return size;
    }
  }

  function one(): number {
    if (pattern.startsWith('\\Q', at)) {
      const end = pattern.indexOf('\\E', at);
      const size = (end < 0 ? pattern.length : end) - at - 2;
      at = end < 0 ? pattern.length : end + 2;
      return size;
    }
    if (pattern[at] === '[') return characterClass();
    if (pattern[at] === '(') {
      take(groupStart, /^\(/);
      const size = alternatives();
      at++;
      return size + 2;
    }
    if (!take(property, hexadecimal, classEscape)) at++;
    return 1;
  }

  function characterClass(): number {
    take(/^\[\^?\]?/);
    while (at < pattern.length && pattern[at] !== ']') if (!take(posixClass, property, classEscape)) at++;
    at++;
    return 1;
  }

  let size = 0;
  // A bracket that closes nothing is for the compiler to complain about.
  while (at < pattern.length) size += take(/^\)/) ? 1 : alternatives();
  return size;
}
