import type { Dialect } from '../dialect';
import { parseExactly } from '../parse-exactly';
import { absentDelimiter, candidates } from './candidates';
import { namesIn } from './names';
import { score, usualWidth } from './score';

/** The line in which Excel is told the delimiter. */
const separatorLine = /^("?)sep=([^\r\n])\1[^\S\r\n]*(?:\r\n?|\n|$)/i;

/** Enough rows to see a pattern; twice as much changed no choice over the test files. */
const scoredCharacters = 64 * 1024;

/**
 * Finds the dialect that explains a sample best. Every candidate parses the sample, and is scored by how
 * regular the rows are and how much the cells look like values.
 *
 * @param sample the start of the file's text
 * @param whole whether that is all of it
 * @param chosen what a person has decided
 */
export function sniffDialect(sample: string, whole: boolean, chosen: Chosen = {}): Dialect {
  const said = separatorLine.exec(sample)?.[2];
  if (said !== undefined && chosen.delimiter === undefined) {
    return sniffDialect(sample.replace(separatorLine, ''), whole, { ...chosen, delimiter: said });
  }
  const { text, complete } = headOf(sample, whole);
  const scored = candidates(text, chosen).map(({ dialect, prior }) => {
    const result = score(text, dialect, complete);
    return {
      ...result,
      dialect,
      value: result.value * prior,
      lawful: result.lawful && dialect.quote === '"',
    };
  });
  // That quotes obey is no chance; but a space on either side of one is.
  const quotesMakeSense = scored.some(
    ({ lawful, quotedCells, dialect }) => lawful && quotedCells > 0 && dialect.delimiter !== ' ',
  );
  let best = { dialect: usual, width: 1, value: -1 };
  for (const { dialect, width, value, lawful } of scored) {
    const weight = !quotesMakeSense ? 1 : lawful ? 1.25 : dialect.quote === null ? 0.6 : 1;
    const needed = dialect.quote === null || dialect.escape !== null ? 1 : lawlessness(dialect);
    const weighed = value * weight * needed;
    if (weighed > best.value + 1e-9) best = { dialect, width, value: weighed };
  }

  /** What speaks for quotes that are never escaped: that in many rows no other rule holds. */
  function lawlessness({ delimiter, quote, comment }: Dialect): number {
    const lawful = scored.filter(
      ({ dialect }) =>
        dialect.delimiter === delimiter &&
        dialect.quote === quote &&
        dialect.escape !== null &&
        dialect.comment === comment,
    );
    return lawful.every(({ offending }) => offending >= 0.1) ? 1.5 : 0.8;
  }
  const dialect = withNames(requote(best.dialect, text, sample, whole, chosen), text, complete);
  if (best.width !== 1 || chosen.delimiter !== undefined) return dialect;
  return { ...dialect, delimiter: absentDelimiter(sample), collapse: false };
}

/** Judges the quotes once more where they say something that the scored part of the sample did not. */
function requote(found: Dialect, scored: string, sample: string, whole: boolean, chosen: Chosen): Dialect {
  if (chosen.quote !== undefined) return found;
  // A quote that opens on the first line and never closes leaves nothing to score: it is to be reported.
  const quoted = { ...found, quote: '"', escape: '"' } as const;
  if (found.quote === null && score(scored, quoted, scored === sample && whole).unclosedAtOnce) return quoted;
  if (scored.length === sample.length || scored.includes('"') || !sample.includes('"', scored.length))
    return found;
  const rivals = candidates(sample, { delimiter: found.delimiter }).filter(
    ({ dialect }) => dialect.comment === found.comment && dialect.collapse === found.collapse,
  );
  const scores = rivals.map(({ dialect, prior }) => ({
    dialect,
    value: score(sample, dialect, whole).value * prior,
  }));
  return scores.reduce((best, next) => (next.value > best.value ? next : best), { dialect: found, value: -1 })
    .dialect;
}

/** Where the last comment names the columns (`#CHROM POS REF`), it is a row like the others. */
function withNames(dialect: Dialect, text: string, complete: boolean): Dialect {
  if (dialect.comment === null) return dialect;
  const plain = { ...dialect, comment: null };
  const { rows } = parseExactly(text, plain, complete, 1);
  const first = rows.findIndex(([cell = '']) => !cell.startsWith('#'));
  const names = rows[first - 1];
  const table = rows.slice(first);
  if (!names || table.length === 0 || table.some(([cell = '']) => cell.startsWith('#'))) return dialect;
  const width = usualWidth(table.map((cells) => cells.length));
  return width > 1 && namesIn(names, width) !== null ? plain : dialect;
}

/** What a person has decided. */
interface Chosen {
  delimiter?: string;
  quote?: '"' | "'" | null;
}

const usual: Dialect = { delimiter: ',', quote: '"', escape: '"', comment: null, collapse: false };

/** The first part of a sample, up to a line end; all of it if its first lines are that long. */
function headOf(sample: string, whole: boolean): { text: string; complete: boolean } {
  if (sample.length <= scoredCharacters) return { text: sample, complete: whole };
  const text = sample.slice(0, scoredCharacters);
  const lines = text.split(/\r\n|\r|\n/, 4).length;
  return lines < 4 ? { text: sample, complete: whole } : { text, complete: false };
}
