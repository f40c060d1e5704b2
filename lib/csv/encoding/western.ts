/**
 * How much a text looks like words of a Western language: accented letters inside words, capitals where words
 * begin, quotation marks and dashes where sentences have them. Positive is good, per character beyond ASCII.
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

function likelihood(char: string, before: string, after: string): number {
  if (/\p{Ll}/u.test(char))
    return /\p{L}/u.test(before) || /\p{L}/u.test(after) || /\s/.test(before) ? 1 : 0.2;
  if (/\p{Lu}/u.test(char)) return /\p{Ll}/u.test(before) ? -1 : 0.8;
  if (char === '’') return /\p{L}/u.test(before) ? 1 : 0.3;
  if (/[“”‘„«»–—…€£°©®§·\u00a0]/.test(char))
    return /\p{L}/u.test(before) && /\p{L}/u.test(after) ? -0.3 : 0.6;
  if (/\p{Cc}/u.test(char)) return -3;
  return -0.8;
}
