import type { MatchKind } from '../schema/dataset/match-kinds';
/**
 * Finds for each column of a file the column of a dataset that it goes into. Safe in a browser.
 */

export interface MatchTarget {
  name: string;
  /** Other names that files have for it. */
  synonyms: string[];
  /** What its values are; null where that tells nothing. */
  kind?: string | null;
}

export interface HeaderMatch {
  /** The dataset's column; null: left out, as last time. */
  column: string | null;
  how: MatchKind;
  /** From 0 to 1; 1 for everything but similar names and values. */
  confidence: number;
}

/** What a file with the same headers had its columns go into; undefined where nothing is known. */
export type Remembered = (string | null | undefined)[];

/** Below this, half of the proposals were wrong among the headers of the tests. */
const leastConfidence = 0.6;

/**
 * Matches by name (case, accents and separators do not count) and by synonyms, then by what was done with such a file
 * before, then by values that only one column has on both sides, then by similarity, best first. A column of the dataset
 * is given to one column of the file.
 * @param kinds what the values of each header's column are
 * @returns for each header, in order, its match or null
 */
export function matchHeaders(
  headers: string[],
  targets: MatchTarget[],
  remembered: Remembered = [],
  kinds: (string | null)[] = [],
): (HeaderMatch | null)[] {
  const matches: (HeaderMatch | null)[] = headers.map(() => null);
  const free = new Map(targets.map((target) => [target.name, target]));
  const give = (index: number, match: HeaderMatch) => {
    if (matches[index] || (match.column !== null && !free.has(match.column))) return;
    matches[index] = match;
    if (match.column !== null) free.delete(match.column);
  };

  // Exactly so first: of “Name” and “name” each finds its own.
  for (const [i, header] of headers.entries()) give(i, sure(header, 'name'));
  const byKey = new Map(targets.map((target) => [keyOf(target.name), target.name]));
  const bySynonym = new Map(
    targets.flatMap(({ name, synonyms }) => synonyms.map((synonym) => [keyOf(synonym), name] as const)),
  );
  const keys = headers.map(keyOf);
  for (const [known, how] of [
    [byKey, 'name'],
    [bySynonym, 'synonym'],
  ] as const) {
    for (const [i, key] of keys.entries()) {
      const name = key === '' ? undefined : known.get(key);
      if (name !== undefined) give(i, sure(name, how));
    }
  }
  for (const [i, column] of remembered.entries()) {
    if (column !== undefined) give(i, { column, how: 'remembered', confidence: 1 });
  }
  for (const { index, name } of alikeByValues(matches, kinds, [...free.values()]))
    give(index, { column: name, how: 'values', confidence: valuesConfidence });
  for (const { index, name, confidence } of similar(headers, matches, [...free.values()]))
    give(index, { column: name, how: 'similar', confidence });
  return matches;
}

const sure = (column: string, how: MatchKind): HeaderMatch => ({ column, how, confidence: 1 });

const valuesConfidence = 0.8;

/** Columns without a match whose kind of values one of them has, and one of the dataset's that are left. */
function alikeByValues(
  matches: (HeaderMatch | null)[],
  kinds: (string | null)[],
  targets: MatchTarget[],
): { index: number; name: string }[] {
  const open = matches.flatMap((match, index) => (match ? [] : [{ index, kind: kinds[index] ?? null }]));
  return open.flatMap(({ index, kind }) => {
    if (kind === null) return [];
    const fitting = targets.filter((target) => target.kind === kind);
    const isOnly = open.filter((other) => other.kind === kind).length === 1;
    return isOnly && fitting.length === 1 && fitting[0] ? [{ index, name: fitting[0].name }] : [];
  });
}

/** More comparisons than this take longer than a person waits: wide files have to be matched by name. */
const mostComparisons = 100_000;

function similar(headers: string[], matches: (HeaderMatch | null)[], targets: MatchTarget[]) {
  const open = headers.flatMap((header, index) =>
    matches[index] ? [] : [{ index, words: wordsOf(header) }],
  );
  const names = targets.flatMap(({ name, synonyms }) =>
    [name, ...synonyms].map((text) => ({ name, words: wordsOf(text) })),
  );
  if (open.length * names.length > mostComparisons) return [];
  return open
    .flatMap(({ index, words }) =>
      names.map((target) => ({ index, name: target.name, confidence: similarity(words, target.words) })),
    )
    .filter(({ confidence }) => confidence >= leastConfidence)
    .sort((a, b) => b.confidence - a.confidence);
}

/** Letters that are no letter with an accent for Unicode, but for people. */
const likeLetters: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
};

/** A name's words in small letters without accents: `orderDate`, `Order_Date` and `ORDER DATE` are order, date. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/(?<=[\p{Ll}\d])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => likeLetters[letter] ?? letter)
    .replaceAll('#', ' number ')
    .replaceAll('%', ' percent ')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** The same for names that differ only in case, accents and separators. */
function keyOf(name: string): string {
  return wordsOf(name).join('');
}

/** Words that mean the same in headers. */
const sameWords = new Map(
  [
    ['number', 'no', 'nr', 'num', 'nbr'],
    ['quantity', 'qty', 'qnty'],
    ['amount', 'amt'],
    ['address', 'addr', 'adr'],
    ['telephone', 'phone', 'tel', 'mobile', 'cell'],
    ['mail', 'email', 'emailaddress'],
    ['zip', 'postcode', 'postal', 'plz', 'zipcode'],
    ['description', 'desc', 'descr'],
    ['department', 'dept'],
    ['organization', 'organisation', 'org', 'company', 'firm'],
    ['date', 'dt', 'day'],
    ['identifier', 'id', 'key'],
    ['first', 'given', 'fore'],
    ['last', 'family', 'sur'],
    ['sex', 'gender'],
    ['birth', 'birthday', 'born', 'dob'],
    ['price', 'cost'],
    ['average', 'avg', 'mean'],
    ['minimum', 'min'],
    ['maximum', 'max'],
    ['percent', 'pct', 'percentage'],
    ['latitude', 'lat'],
    ['longitude', 'lon', 'lng', 'long'],
    ['bedrooms', 'beds', 'bed'],
    ['bathrooms', 'baths', 'bath'],
    ['square', 'sq'],
    ['feet', 'ft', 'foot'],
    ['abbreviation', 'abbrev', 'abbr'],
    ['cumulative', 'cmltv', 'cum'],
    ['timestamp', 'datetime', 'cdatetime'],
    ['category', 'type', 'kind', 'class'],
    ['gross', 'brutto'],
    ['created', 'added'],
    ['url', 'link', 'website'],
  ].flatMap((words) => words.map((word) => [word, words[0] ?? word] as const)),
);

/** Words that tell nothing apart. */
const emptyWords = new Set(['of', 'the', 'a', 'in', 'at', 'on', 'for', 'column', 'field', 'value']);

function meaning(words: string[]): string[] {
  const telling = words.filter((word) => !emptyWords.has(word));
  return (telling.length > 0 ? telling : words).map((word) => sameWords.get(word) ?? word);
}

/** The words of a name that tell it apart, each as the word that stands for all of its meaning: `Tel. no.` is telephone, number. */
export const meaningOf = (name: string): string[] => meaning(wordsOf(name));

/** From 0 to 1: how many words of two names mean the same, or how few letters differ. Never quite 1. */
function similarity(a: string[], b: string[]): number {
  const [x, y] = [meaning(a), meaning(b)];
  if (x.length === 0 || y.length === 0) return 0;
  // Address 1 is not address 2.
  const digits = (words: string[]) => words.join(' ').replace(/\D+/g, ' ').trim();
  if (digits(x) !== digits(y)) return 0;
  const rest = [...y];
  let sum = 0;
  for (const word of x) {
    const scores = rest.map((other) => likeness(word, other));
    const best = Math.max(0, ...scores);
    if (best < 0.75) continue;
    rest.splice(scores.indexOf(best), 1);
    sum += best;
  }
  const byWords = (2 * sum) / (x.length + y.length);
  const byLetters = likeness(x.join(''), y.join(''));
  return Math.min(0.98, Math.max(byWords, byLetters >= 0.8 ? byLetters : 0));
}

/** Two words: the same, one the beginning of the other, or a few letters apart. */
function likeness(a: string, b: string): number {
  if (a === b) return 1;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.startsWith(short)) return 0.8 + (0.2 * short.length) / long.length;
  if (short.length < 4 || long.length - short.length > 3 || long.length > 60) return 0;
  return 1 - editDistance(short, long) / long.length;
}

/** Letters to be put in, taken out or changed (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
