/**
 * How much a text looks like words of a Western language: accented letters inside words, capitals where words
 * begin, quotation marks, dashes and signs of currency and measure where sentences have them. At most 1, for every
 * character beyond ASCII; negative is bad.
 */
export function westernness(text: string): number {
  let sum = 0;
  let count = 0;
  for (const { 0: char, index } of text.matchAll(/[^\0-\x7f]/gu)) {
    const before = text[index - 1] ?? ' ';
    const after = text[index + char.length] ?? ' ';
    sum += likelihood(char, before, after);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

const letter = /\p{L}/u;

function likelihood(char: string, before: string, after: string): number {
  if (/\p{Ll}/u.test(char)) {
    if (!/\p{Script=Latin}|[µªº]/u.test(char)) return -0.8;
    return letter.test(before) || letter.test(after) || /\s/.test(before) ? 1 : 0.2;
  }
  if (/\p{Lu}/u.test(char)) {
    if (!/\p{Script=Latin}/u.test(char)) return -0.8;
    // In the middle of a word a capital stands among capitals.
    if (/\p{Ll}/u.test(before) || (letter.test(before) && /\p{Ll}/u.test(after))) return -1;
    return letter.test(before) || letter.test(after) ? 1 : 0.2;
  }
  if (/\p{Cc}/u.test(char) || char === '\ufffd') return -3;
  if (/[\u2500-\u259f]/.test(char)) return -2;
  return symbolLikelihood(char, before, after);
}

function symbolLikelihood(char: string, before: string, after: string): number {
  const [inWord, outside] = [letter.test(before) && letter.test(after), -0.3];
  switch (char) {
    case '’':
      return letter.test(before) || /\d/.test(before) ? 1 : 0.3;
    case '‘':
    case '“':
    case '„':
    case '«':
      return letter.test(before) ? outside : 1;
    case '”':
    case '»':
      return inWord ? outside : 1;
    case '€':
    case '£':
    case '¥':
      return /[\d\s]/.test(before) || /[\d\s]/.test(after) || !letter.test(before + after) ? 1 : outside;
    case '½':
    case '¼':
    case '¾':
    case '°':
    case '²':
    case '³':
    case '±':
      return /[\d\s]/.test(before) || letter.test(before) !== letter.test(after) ? 1 : outside;
    default:
      if (/[–—…©®™§·•º×\u00a0]/.test(char)) return inWord ? outside : 1;
      return -0.8;
  }
}
