const digit = /\p{Nd}/u;
const values = new Map<string, string>();

/** The value of a decimal digit of any script: Unicode has them in runs of ten, from zero to nine. */
function digitOf(character: string): string {
  const known = values.get(character);
  if (known !== undefined) return known;
  const code = character.codePointAt(0) ?? 0;
  let before = 0;
  while (digit.test(String.fromCodePoint(code - before - 1))) before++;
  const value = String(before % 10);
  values.set(character, value);
  return value;
}

const otherDigits = /[^\0-\x7f]/;

/** A number with the digits and signs of another script (`１２３`, `١٢٣`) in those that are computed with. */
export function asciiNumber(text: string, decimalSign: '.' | ','): string {
  if (!otherDigits.test(text)) return text;
  return text
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\p{Nd}/gu, digitOf)
    .replaceAll('\u066b', decimalSign)
    .replaceAll('\u066c', decimalSign === '.' ? ',' : '.')
    .replaceAll('\u066a', '%');
}
