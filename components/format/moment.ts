/** How one reader's language writes dates and times. */
interface DateWriting {
  full: Intl.DateTimeFormat;
  short: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
}

/**
 * Dates in the order and with the clock that people of a locale expect. Names of months are written in English alone,
 * as the page around them is; everywhere else they are numbers.
 */
export function dateWriting(locale: string): DateWriting {
  // A browser may name a language of the system it runs on that is none of the web's: en-US@posix.
  const known = isKnown(locale);
  const english = !known || /^en\b/i.test(locale);
  const day: Intl.DateTimeFormatOptions = english
    ? { day: 'numeric', month: 'short', year: 'numeric' }
    : { day: '2-digit', month: '2-digit', year: 'numeric' };
  const time: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit' };
  const { year: _year, ...dayOfYear } = day;
  // Languages with digits of their own: the numbers beside the dates are the usual ones.
  const tag = new Intl.Locale(known ? locale : 'en-GB', { numberingSystem: 'latn' });
  return {
    full: new Intl.DateTimeFormat(tag, { ...day, ...time, second: '2-digit' }),
    short: new Intl.DateTimeFormat(tag, { ...dayOfYear, ...time }),
    day: new Intl.DateTimeFormat(tag, day),
  };
}

function isKnown(locale: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(locale).length > 0;
  } catch {
    return false;
  }
}

let ours: DateWriting | undefined;

/** The browser's language; on the server, which shows no dates, English. */
function writing(): DateWriting {
  if (typeof navigator === 'undefined') return dateWriting('en');
  ours ??= dateWriting(navigator.language || 'en');
  return ours;
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** Date and time to the second. */
export function formatMoment(iso: string): string {
  return writing().full.format(new Date(iso));
}

/** The day alone. */
export function formatDay(iso: string): string {
  return writing().day.format(new Date(iso));
}

/** How long ago, up to a day; then the date. For lists, beside a title with {@link formatMoment}. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour');
  if (seconds < 180 * 86_400) return writing().short.format(new Date(iso));
  return writing().day.format(new Date(iso));
}
