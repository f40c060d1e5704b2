/** What a number format shows a number as. `number` leaves the digits alone. */
export const formatKinds = { number: 0, date: 1, dateTime: 2, time: 3, duration: 4 } as const;
export type FormatKind = (typeof formatKinds)[keyof typeof formatKinds];

/**
 * Built-in formats that files name by id only (ECMA-376 part 1, 18.8.30). Ids 27–36 and 50–58 are dates in
 * East Asian locales, some of them times in one locale and dates in another: as `date`, values below one day
 * come out as times all the same. 71–81 are the Thai ones.
 */
const builtIn = new Map<number, FormatKind>([
  ...spread(formatKinds.date, 14, 17),
  ...spread(formatKinds.time, 18, 21),
  [22, formatKinds.dateTime],
  ...spread(formatKinds.date, 27, 36),
  [45, formatKinds.time],
  [46, formatKinds.duration],
  [47, formatKinds.time],
  ...spread(formatKinds.date, 50, 58),
  ...spread(formatKinds.date, 71, 74),
  ...spread(formatKinds.time, 75, 76),
  [77, formatKinds.dateTime],
  [78, formatKinds.time],
  [79, formatKinds.duration],
  [80, formatKinds.time],
  [81, formatKinds.date],
]);

function spread(kind: FormatKind, first: number, last: number): [number, FormatKind][] {
  return Array.from({ length: last - first + 1 }, (_, index) => [first + index, kind]);
}

/** The kind of a built-in format id; `number` for every other. */
export function builtInKind(id: number): FormatKind {
  return builtIn.get(id) ?? formatKinds.number;
}

/**
 * Tells what a format code shows: `yyyy-mm-dd` a date, `#,##0.00 "d"` a number (ECMA-376 part 1, 18.8.31).
 * The section for positive numbers decides; where sections have conditions, all of them together.
 */
export function formatKind(code: string): FormatKind {
  const bare = code
    .replace(/"[^"]*("|$)/g, '')
    .replace(/[\\_*]./gs, '')
    .replace(/general/gi, '');
  const conditional = /\[[<>=]/.test(bare);
  const positive = bare.split(';')[0] ?? '';
  return sectionKind((conditional ? bare.replaceAll(';', ' ') : positive).toLowerCase());
}

function sectionKind(section: string): FormatKind {
  const elapsed = /\[(h+|m+|s+)\]/.test(section);
  const tokens = section
    .replace(/\[(h+|m+|s+)\]/g, '$1')
    .replace(/\[[^\]]*\]?/g, '')
    .replace(/(s)[.,]0+/g, '$1')
    .replace(/e[+-]/g, '0');
  // A placeholder for digits makes it a number, whatever unquoted letters stand beside it (`0.00 m`).
  if (/[0#?@]/.test(tokens)) return formatKinds.number;
  const letters = tokens.replace(/am\/pm|a\/p|上午\/下午/g, 'h').match(/y+|m+|d+|h+|s+|e+|g+|b+|aaa+/g) ?? [];
  let date = false;
  let time = false;
  for (const [index, letter] of letters.entries()) {
    if (letter.startsWith('h') || letter.startsWith('s')) time = true;
    else if (letter.startsWith('m') && letter.length <= 2 && isMinute(letters, index, elapsed)) time = true;
    else date = true;
  }
  if (date) return time ? formatKinds.dateTime : formatKinds.date;
  if (!time) return formatKinds.number;
  return elapsed ? formatKinds.duration : formatKinds.time;
}

/** `m` means minutes right after hours or right before seconds, else months. */
function isMinute(letters: string[], index: number, elapsed: boolean): boolean {
  const before = letters[index - 1] ?? '';
  const after = letters[index + 1] ?? '';
  return before.startsWith('h') || after.startsWith('s') || (elapsed && letters.length === 1);
}
