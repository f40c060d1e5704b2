import { languages } from '@/lib/shared/languages';

interface Names {
  /** Months by their names in small letters, 1 to 12. */
  months: ReadonlyMap<string, number>;
  days: ReadonlySet<string>;
  /** Words between the parts of a date: `de`. */
  joints: ReadonlySet<string>;
}

let made: Names | undefined;

/** Small letters, without a point at the end and without marks, which people leave out. */
export function bareWord(word: string): string {
  return word.toLowerCase().replace(/\.$/, '').replaceAll('ı', 'i').normalize('NFD').replace(/\p{M}/gu, '');
}

/** Names of months and weekdays in the languages that are understood, as Intl has them (40 ms, once). */
export function dateNames(): Names {
  if (made) return made;
  const months = new Map<string, number>();
  const doubtful = new Set<string>();
  const days = new Set<string>();
  const joints = new Set<string>();
  const learn = (name: string, month: number) => {
    const word = bareWord(name);
    if (!/^\p{L}{2,}$/u.test(word)) return;
    const other = months.get(word);
    if (other !== undefined && other !== month) doubtful.add(word);
    months.set(word, month);
  };
  for (const language of [...languages, 'en-GB', 'de-AT']) {
    for (const length of ['long', 'short'] as const) {
      // With a day, some languages decline the name.
      for (const day of [undefined, 'numeric'] as const) {
        const format = new Intl.DateTimeFormat(language, { month: length, day, timeZone: 'UTC' });
        for (let month = 1; month <= 12; month++) {
          for (const { type, value } of format.formatToParts(Date.UTC(2024, month - 1, 15)))
            if (type === 'month') learn(value, month);
        }
      }
      const format = new Intl.DateTimeFormat(language, { weekday: length, timeZone: 'UTC' });
      for (let day = 1; day <= 7; day++) days.add(bareWord(format.format(Date.UTC(2024, 0, day))));
    }
    for (const dateStyle of ['full', 'long'] as const) {
      const format = new Intl.DateTimeFormat(language, { dateStyle, timeZone: 'UTC' });
      for (const { type, value } of format.formatToParts(Date.UTC(2024, 2, 5))) {
        if (type !== 'literal') continue;
        for (const [word] of value.matchAll(/\p{L}+/gu)) joints.add(word.toLowerCase());
      }
    }
  }
  // Where two languages call different months so, nobody can say which is meant.
  for (const word of doubtful) months.delete(word);
  made = { months, days, joints };
  return made;
}
