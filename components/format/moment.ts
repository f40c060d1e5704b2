const full = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });
const short = new Intl.DateTimeFormat('en', {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const dated = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

/** Date and time to the second. */
export function formatMoment(iso: string): string {
  return full.format(new Date(iso));
}

/** The day alone. */
export function formatDay(iso: string): string {
  return dated.format(new Date(iso));
}

/** How long ago, up to a day; then the date. For lists, beside a title with {@link formatMoment}. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (now - Date.parse(iso)) / 1000;
  if (seconds < 45) return 'just now';
  if (seconds < 3600) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 86_400) return relative.format(-Math.round(seconds / 3600), 'hour');
  if (seconds < 180 * 86_400) return short.format(new Date(iso));
  return dated.format(new Date(iso));
}
