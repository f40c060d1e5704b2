/**
 * Why a cell read from a workbook and the text that a spreadsheet program displays for it may differ and still
 * be the same value. Null: they are not.
 */
export type Agreement =
  /** Letter by letter. */
  | 'same'
  /** Number formats pad with spaces (`_)`) and texts may begin or end with them. */
  | 'padded'
  /** The display rounds the number to its last digit, adds separators, a currency, a percent sign. */
  | 'rounded'
  /** The display writes the parts of the date in another order, or some of them only. */
  | 'date';

export function agreement(read: string, shown: string): Agreement | null {
  if (read === shown.replace(/\r\n?/g, '\n')) return 'same';
  if (read.trim() === shown.trim()) return 'padded';
  if (/^-?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(read)) return isRounded(Number(read), shown) ? 'rounded' : null;
  if (/^(\d{4}-\d\d-\d\d)?T?(\d\d:\d\d:\d\d(\.\d+)?)?$/.test(read))
    return isDate(read, shown) ? 'date' : null;
  return null;
}

/** The number shown, read back, is at most half a unit of its last digit away. */
function isRounded(value: number, shown: string): boolean {
  if (/^\s*-\s*$/.test(shown)) return value === 0;
  const negative = /^\s*\(.*\)\s*$/.test(shown) || /^[^\d]*-/.test(shown);
  const parts = /^[^\d.]*(\d[\d,]*)?(?:\.(\d*))?(?:E([+-]?\d+))?\s*(%?)[^\d]*$/i.exec(shown);
  if (!parts || (parts[1] === undefined && !parts[2])) return false;
  const [, whole = '', fraction = '', exponent = '0', percent] = parts;
  const scale = 10 ** Number(exponent) / (percent ? 100 : 1);
  const size = Number(`${whole.replaceAll(',', '') || '0'}.${fraction || '0'}`) * scale;
  const unit = 10 ** -fraction.length * scale;
  return Math.abs((negative ? -size : size) - value) <= unit * 0.5000001;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Every number and word shown is a part of the date: nothing is shown that was not read. */
function isDate(read: string, shown: string): boolean {
  const [year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)/.exec(read)?.slice(1) ?? [];
  const [hour = '0', minute = '0', second = '0'] = /(\d\d):(\d\d):(\d\d)/.exec(read)?.slice(1) ?? [];
  const weekday = new Date(`${read.slice(0, 10)}T00:00:00Z`)
    .toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    .toLowerCase();
  const numbers = new Set([year, year.slice(2), month, day, hour, minute, second].map(Number));
  numbers.add(Number(hour) % 12 || 12);
  const words = [months[Number(month) - 1] ?? '', weekday, 'am', 'pm', 'a', 'p'];
  const seen = shown.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  return (
    seen.length > 0 &&
    seen.every((part, index) => {
      if (/^\d/.test(part))
        return (
          numbers.has(Number(part)) ||
          (/^0+$/.test(part) && shown.includes(`.${part}`)) ||
          (index > 2 && Number(part) < 1000 && read.endsWith(`.${part}`))
        );
      return words.some((word) => word !== '' && (word.startsWith(part) || part.startsWith(word)));
    })
  );
}
