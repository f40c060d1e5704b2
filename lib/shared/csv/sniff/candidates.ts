import type { Dialect } from '../dialect';
import { isNetworkAddress } from './cell-kind';

/** A dialect the sample might be written in, and how usual it is (1 = most). */
export interface Candidate {
  dialect: Dialect;
  prior: number;
}

const single: [string, number][] = [
  [',', 1],
  [';', 1],
  ['\t', 1.02],
  ['|', 1],
  [':', 0.75],
  ['^', 0.9],
  ['~', 0.9],
  [' ', 0.7],
  ['\u0001', 1],
  ['\u001e', 1],
  ['\u001f', 1],
  ['¦', 0.95],
  ['§', 0.9],
];
const several: [string, number][] = [
  ['||', 0.98],
  ['::', 0.9],
  ['~~', 0.95],
  ['^^', 0.95],
  ['|~|', 0.98],
  ['~|~', 0.98],
  ['\t\t', 1],
  [';;', 0.9],
  ['\\t', 0.9],
  [' | ', 0.95],
  ['<>', 0.9],
  ['@@', 0.9],
];

/**
 * Every dialect worth trying on a sample: only those whose characters occur, the usual ones first.
 *
 * @param chosen what a person has decided; then nothing else is tried for that part
 */
export function candidates(
  sample: string,
  chosen: { delimiter?: string; quote?: '"' | "'" | null } = {},
): Candidate[] {
  const comments: (string | null)[] = hasCommentLines(sample) ? [null, '#'] : [null];
  return delimitersOf(sample, chosen.delimiter).flatMap(({ delimiter, collapse, prior }) =>
    quotesOf(sample, delimiter, chosen.quote).flatMap((quoting) =>
      comments.map((comment) => ({
        dialect: { delimiter, quote: quoting.quote, escape: quoting.escape, comment, collapse },
        prior: prior * quoting.prior,
      })),
    ),
  );
}

/** A delimiter that the sample does not contain, for a file of one column. */
export function absentDelimiter(sample: string): string {
  return [',', ';', '\t', '|'].find((delimiter) => !sample.includes(delimiter)) ?? '\u001f';
}

function delimitersOf(sample: string, chosen?: string) {
  const none = { delimiter: absentDelimiter(sample), collapse: false, prior: 1 };
  if (chosen !== undefined && chosen !== '') {
    const spaced = chosen === ' ' && sample.includes('  ');
    return [{ delimiter: chosen, collapse: spaced, prior: 1 }];
  }
  const addressed = sample.includes(':') && holdsNetworkAddresses(sample);
  const found = single
    .filter(([delimiter]) => sample.includes(delimiter) && !(addressed && delimiter === ':'))
    .map(([delimiter, prior]) => ({ delimiter, collapse: false, prior }));
  if (sample.includes('  ')) found.push({ delimiter: ' ', collapse: true, prior: 0.7 });
  for (const [delimiter, prior] of several) {
    if (sample.includes(delimiter)) found.push({ delimiter, collapse: false, prior });
  }
  // A space after the delimiter is part of the cell, unless it keeps a quoted cell from being one.
  for (const delimiter of [', ', '; ', '| ']) {
    if (sample.includes(`${delimiter}"`) || sample.includes(`${delimiter}'`)) {
      found.push({ delimiter, collapse: false, prior: 1.02 });
    }
  }
  return [...found, none];
}

/** Whether most lines hold a MAC or IPv6 address: a colon would cut it into as many even columns. */
function holdsNetworkAddresses(sample: string): boolean {
  const lines = sample.split(/[\r\n]+/, 50).filter((line) => line !== '');
  const holding = lines.filter((line) => line.split(/[^\da-f:]+/i).some(isNetworkAddress));
  return holding.length > 0 && holding.length >= lines.length * 0.5;
}

function quotesOf(sample: string, delimiter: string, chosen?: '"' | "'" | null) {
  type Quoting = Pick<Dialect, 'quote' | 'escape'> & { prior: number };
  const quotings = (quote: '"' | "'", prior: number): Quoting[] => {
    const opens =
      sample.startsWith(quote) || ['\n', '\r', delimiter].some((before) => sample.includes(before + quote));
    if (!opens) return [];
    const list: Quoting[] = [{ quote, escape: quote, prior }];
    if (sample.includes(`\\${quote}`)) list.push({ quote, escape: '\\', prior: prior * 0.98 });
    if (!doublesInside(sample, quote, delimiter)) list.push({ quote, escape: null, prior: prior * 0.9 });
    return list;
  };
  if (chosen === null) return [{ quote: null, escape: null, prior: 1 }];
  const double: Quoting[] = chosen === "'" ? [] : quotings('"', 1);
  const simple: Quoting[] = chosen === '"' ? [] : quotings("'", 0.93);
  const usual: Quoting = { quote: chosen ?? '"', escape: chosen ?? '"', prior: 1 };
  if (chosen !== undefined) return [...double, ...simple, usual];
  // Without any opening quote in the sample, double quotes are what may still come.
  const unquoted: Quoting = { quote: null, escape: null, prior: 0.95 };
  return double.length > 0 ? [...double, ...simple, unquoted] : [usual, ...simple];
}

/**
 * Whether quotes are escaped by doubling them: two stand within a cell, or three at its end. Two at its end may
 * as well be one that is not escaped and the one that closes the cell.
 */
function doublesInside(sample: string, quote: string, delimiter: string): boolean {
  const cut = delimiter.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const border = `(?:${cut}|[\\r\\n]|$)`;
  const within = new RegExp(
    `(?<!${quote}|^|${cut}|[\\r\\n])(?:${quote}{2}(?!${quote}|${border})|${quote}{3}${border})`,
  );
  return within.test(sample);
}

/**
 * Whether some lines look like comments: they begin with #, are fewer than the others, and are not merely a
 * header whose first name begins so.
 */
function hasCommentLines(sample: string): boolean {
  const lines = sample.split(/\r\r\n|\r\n|\r|\n/).filter((line) => line !== '');
  const marked = lines.filter((line) => line.startsWith('#'));
  if (marked.every((line) => line.length === 1) || marked.length === lines.length) return false;
  // More comments than rows: all of them stand at the top, and are not cut like what follows.
  if (marked.length > lines.length * 0.5) {
    const table = lines[marked.length] ?? '';
    const atTop = lines.slice(0, marked.length).every((line) => line.startsWith('#'));
    return atTop && !marked.slice(0, -1).some((line) => separatesLike(line, table));
  }
  const onlyFirst = marked.length === 1 && lines[0] === marked[0];
  return !onlyFirst || !separatesLike(lines[0] ?? '', lines[1] ?? '');
}

/** Whether two lines hold the same number of some delimiter, so that the first may name the second's cells. */
function separatesLike(header: string, line: string): boolean {
  return [/,/g, /;/g, /\t/g, /\|/g, /(?<=\S) +/g].some((delimiter) => {
    const cuts = header.trim().match(delimiter)?.length ?? 0;
    return cuts > 0 && cuts === (line.trim().match(delimiter)?.length ?? 0);
  });
}
