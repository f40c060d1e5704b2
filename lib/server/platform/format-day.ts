const dated = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' });

/** A day in the words of a message of the server, which does not know the reader's time zone: “March 3, 2026”. */
export function formatDay(day: Date): string {
  return dated.format(day);
}
