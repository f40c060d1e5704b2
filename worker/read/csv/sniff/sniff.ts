import type { Dialect } from '../dialect';
import { absentDelimiter, candidates } from './candidates';
import { score } from './score';

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
export function sniffDialect(
  sample: string,
  whole: boolean,
  chosen: { delimiter?: string; quote?: '"' | "'" | null } = {},
): Dialect {
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
  // That all of several quotes obey is no chance; but a space on either side of one is.
  const quotesMakeSense = scored.some(
    ({ lawful, quotedCells, dialect }) => lawful && quotedCells > 0 && dialect.delimiter !== ' ',
  );
  let best = { dialect: usual, width: 1, value: -1 };
  for (const { dialect, width, value, lawful } of scored) {
    const weight = !quotesMakeSense ? 1 : lawful ? 1.25 : dialect.quote === null ? 0.6 : 1;
    if (value * weight > best.value + 1e-9) best = { dialect, width, value: value * weight };
  }
  if (best.width !== 1 || chosen.delimiter !== undefined) return best.dialect;
  return { ...best.dialect, delimiter: absentDelimiter(sample), collapse: false };
}

const usual: Dialect = { delimiter: ',', quote: '"', escape: '"', comment: null, collapse: false };

/** The first part of a sample, up to a line end; all of it if its first lines are that long. */
function headOf(sample: string, whole: boolean): { text: string; complete: boolean } {
  if (sample.length <= scoredCharacters) return { text: sample, complete: whole };
  const text = sample.slice(0, scoredCharacters);
  const lines = text.split(/\r\n|\r|\n/, 4).length;
  return lines < 4 ? { text: sample, complete: whole } : { text, complete: false };
}
