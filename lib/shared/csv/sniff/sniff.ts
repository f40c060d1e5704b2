import { KiB } from '@/lib/shared/bytes';
import { asciiDialect, isAsciiDelimited } from '../ascii-records';
import { type Dialect, fixedWidth } from '../dialect';
import { parseExactly } from '../parse-exactly';
import { absentDelimiter, candidates } from './candidates';
import { type FoundColumns, findColumns } from './find-columns';
import { isLine, isNamed, isSame } from './header-votes';
import { namesIn } from './names';
import { score, usualWidth } from './score';

/** The line in which Excel is told the delimiter. */
const separatorLine = /^("?)sep=([^\r\n])\1[^\S\r\n]*(?:\r\n?|\n|$)/i;

/** Enough rows to see a pattern; twice as much changed no choice over the test files. */
const scoredCharacters = 64 * KiB;

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
  const isOpen = chosen.delimiter === undefined || chosen.delimiter === asciiDialect.delimiter;
  if (isOpen && isAsciiDelimited(sample, whole)) return asciiDialect;
  const { text, complete } = headOf(sample, whole);
  if (chosen.delimiter === undefined && isFramedList(text, complete)) {
    return sniffDialect(sample, whole, { ...chosen, delimiter: '|' });
  }
  if (chosen.delimiter === fixedWidth) return fixedDialect(findColumns(text, complete) ?? { starts: [0] });
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
  if (chosen.delimiter === undefined) {
    const columns = findColumns(text, complete);
    if (columns && isLikelier(columns, best, text, complete)) return fixedDialect(columns);
  }
  const dialect = withFrame(
    withNames(requote(best.dialect, text, sample, whole, chosen), text, complete),
    text,
    complete,
    whole ? sample : null,
  );
  if (chosen.delimiter !== undefined) return dialect;
  // One line with blanks is prose: only other lines could show that the blanks set columns apart.
  const isProse = dialect.delimiter === ' ' && complete && text.trim().split(/\r\n|\r|\n/, 2).length === 1;
  if (best.width !== 1 && !isProse) return dialect;
  return { ...dialect, delimiter: absentDelimiter(sample), collapse: false };
}

const fixedDialect = ({ starts, ends }: Pick<FoundColumns, 'starts' | 'ends'>): Dialect => ({
  delimiter: fixedWidth,
  quote: null,
  escape: null,
  comment: null,
  collapse: false,
  starts,
  ...(ends ? { ends } : {}),
});

/**
 * Whether columns of fixed width explain a text better than the best delimiter: none cuts it, or blanks cut it into other
 * cells, or one that the first line of the table has not got. Where both say the same it is left to the delimiter.
 */
function isLikelier(
  columns: FoundColumns,
  best: { dialect: Dialect; width: number },
  text: string,
  complete: boolean,
): boolean {
  if (best.width === 1) return true;
  const { dialect } = best;
  const fixed = parseExactly(text, fixedDialect(columns), complete, 1);
  const isBlank = dialect.delimiter.trim() === '';
  const cut = parseExactly(text, isBlank ? { ...dialect, collapse: true } : dialect, complete, 1);
  if (isBlank) {
    const alike = cut.rows.filter((cells, i) => isSame(cells, fixed.rows[i] ?? [])).length;
    return alike < cut.rows.length * alikeShare;
  }
  return columns.isRuled || cut.rows.find((cells) => !isLine(cells))?.length === 1;
}
const alikeShare = 0.95;

/** Whether lines stand between bars, as SAP and MySQL print lists, with lines of dashes among them. */
function isFramedList(text: string, complete: boolean): boolean {
  if (!text.includes('|')) return false;
  const all = text.split(/\r\r\n|\r\n|\r|\n/);
  if (!complete) all.pop();
  const lines = all.map((line) => line.trim()).filter((line) => line !== '' && !isLine([line]));
  const framed = lines.filter((line) => line.length > 1 && line.startsWith('|') && line.endsWith('|'));
  return framed.length >= fewestFramed && framed.length >= lines.length * framedShare;
}
const fewestFramed = 2;
const framedShare = 0.6;

/**
 * Where every row begins with the delimiter, as lists are printed, nothing is meant by the empty cell before it. But a
 * column may also be one that is empty for now, and filled further on: then it has to be plain that this is a list.
 *
 * @param all the whole file, where that is known
 */
function withFrame(dialect: Dialect, text: string, complete: boolean, all: string | null): Dialect {
  if (dialect.collapse || dialect.starts) return dialect;
  const { rows } = parseExactly(text, dialect, complete, 1);
  const table = tableIn(rows);
  const [first = []] = table;
  if (first.length < 3 || table.length < 2 || !table.every(isBegun)) return dialect;
  const isEnded = table.every((cells) => cells.at(-1)?.trim() === '');
  if (!isEnded && !isNamed(first.slice(1))) return dialect;
  const isList = isEnded || rows.some((cells) => isLine(cells));
  if (!isList && (all === null || !isBegunToTheEnd(all, dialect))) return dialect;
  // In a list each value is filled up with blanks to the width of its column.
  const lengths = new Set(table.map((cells) => cells.map((cell) => cell.length).join()));
  const isPadded =
    lengths.size === 1 && table.some((cells) => cells.some((cell) => /\S +$|^ +\S/.test(cell)));
  return { ...dialect, framed: isPadded ? 'padded' : 'plain' };
}

/** The rows that have as many cells as most. */
function tableIn(rows: string[][]): string[][] {
  const width = usualWidth(rows.map((cells) => cells.length));
  return rows.filter((cells) => cells.length === width);
}

const isBegun = ([cell = '']: string[]) => cell.trim() === '';

function isBegunToTheEnd(all: string, dialect: Dialect): boolean {
  return tableIn(parseExactly(all, dialect, true, 1).rows).every(isBegun);
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
