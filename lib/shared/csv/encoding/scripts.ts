/** Encodings of scripts other than Latin, of one byte a character, by the script. */
export const scriptEncodings: { encoding: string; script: RegExp }[] = [
  { encoding: 'windows-1251', script: /\p{Script=Cyrillic}/u },
  { encoding: 'koi8-r', script: /\p{Script=Cyrillic}/u },
  { encoding: 'ibm866', script: /\p{Script=Cyrillic}/u },
  { encoding: 'iso-8859-5', script: /\p{Script=Cyrillic}/u },
  { encoding: 'iso-8859-7', script: /\p{Script=Greek}/u },
  { encoding: 'windows-1255', script: /\p{Script=Hebrew}/u },
  { encoding: 'windows-1256', script: /\p{Script=Arabic}/u },
  { encoding: 'windows-874', script: /\p{Script=Thai}/u },
];

/** Letters that make up more than half of Russian, Ukrainian and Bulgarian texts. */
const usualCyrillic = /[оеаинтсрвлкмд]/i;
const thaiMark = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]/;
const thaiConsonant = /[\u0e01-\u0e2e]/;

/**
 * How much a text looks like words of one script: its letters among themselves, capitals where words begin, vowels
 * on consonants. At most 1, for every character beyond ASCII.
 */
export function scriptness(text: string, script: RegExp): number {
  let sum = 0;
  let count = 0;
  for (const { 0: char, index } of text.matchAll(/[^\0-\x7f]/gu)) {
    sum += likelihood(char, text[index - 1] ?? ' ', text[index + char.length] ?? ' ', script);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function likelihood(char: string, before: string, after: string, script: RegExp): number {
  if (/\p{Cc}/u.test(char) || char === '\ufffd') return -3;
  if (/[\u2500-\u259f]/.test(char)) return -2;
  if (!script.test(char)) return /[«»№–—“”„’…€\u00a0]/.test(char) ? 0.3 : -0.8;
  if (/[a-z]/i.test(before) || /[a-z]/i.test(after)) return -1;
  if (thaiMark.test(char)) return thaiConsonant.test(before) || thaiMark.test(before) ? 1 : -2;
  const alone = !script.test(before) && !script.test(after);
  if (/\p{Lu}/u.test(char) && /\p{Ll}/u.test(before)) return -1;
  if (/\p{Script=Cyrillic}/u.test(char)) return (usualCyrillic.test(char) ? 1 : 0.6) - (alone ? 0.4 : 0);
  return alone ? 0.4 : 0.9;
}
