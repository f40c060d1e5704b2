/**
 * A word: letters, with the digits and accents among them. An apostrophe belongs to it where one or two letters end the
 * word behind it (they're, Anna's), and parts two words elsewhere (O'Brien).
 */
const word = /\p{L}(?:[\p{L}\p{M}\p{N}]|['’](?=\p{L}{1,2}(?![\p{L}\p{M}\p{N}])))*/gu;

/** Every word with a large letter first and small ones behind it: “ANNA-LENA o'brien” is “Anna-Lena O'Brien”. */
export function titleCase(value: string): string {
  return value.replace(word, (found) => {
    const [first = ''] = found;
    return first.toUpperCase() + found.slice(first.length).toLowerCase();
  });
}
