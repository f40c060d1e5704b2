/** Languages whose words for months, days, and yes and no are understood. Safe in a browser. */
export const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pt',
  'nl',
  'pl',
  'cs',
  'sv',
  'da',
  'nb',
  'fi',
  'hu',
  'ro',
  'tr',
  'el',
  'ru',
  'uk',
] as const;
export type Language = (typeof languages)[number];

const names = new Intl.DisplayNames('en', { type: 'language' });

/** A language in the words that people read. */
export const languageName = (language: Language): string => names.of(language) ?? language;
