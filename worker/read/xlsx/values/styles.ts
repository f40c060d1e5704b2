import { ImportFailure } from '@/lib/shared/schema/import/failure';
import { inflateLimits, openPart } from '@/worker/read/zip/part';
import { parseXml } from '../package/xml';
import type { Workbook } from '../workbook';
import { builtInKind, type FormatKind, formatKind, formatKinds } from './number-format';
import { type DigitMask, digitMask } from './number-text';

/** What a cell style shows numbers as: a kind, or their digits in fixed places. */
export type CellFormat = FormatKind | DigitMask;

/** What each cell style shows numbers as, by the index that cells name in `s`. */
export type StyleKinds = readonly CellFormat[];

/** Excel stops at 65,490 styles, and at 255 characters of a code. */
const mostStyles = 100_000;
const longestCode = 1_000;

/**
 * Reads the number formats of the cell styles (ECMA-376 part 1, 18.8.10 cellXfs, 18.8.31 numFmts).
 * A workbook without styles has numbers only.
 */
export async function readStyles(workbook: Workbook): Promise<StyleKinds> {
  const { source, directory, styles } = workbook;
  if (!styles) return [];
  const custom = new Map<number, CellFormat>();
  const formats: number[] = [];
  let list = '';
  await parseXml(openPart(source, directory, styles, inflateLimits.styles), 'the list of styles', {
    open(name, attributes) {
      const id = Number(attributes.numFmtId ?? 0);
      if (name === 'numFmts' || name === 'cellXfs') list = name;
      else if (name === 'numFmt' && list === 'numFmts')
        custom.set(id, cellFormat((attributes.formatCode ?? '').slice(0, longestCode)));
      else if (name === 'xf' && list === 'cellXfs') formats.push(id);
      if (custom.size > mostStyles || formats.length > mostStyles) {
        throw new ImportFailure(
          'MALFORMED_FILE',
          `The file is refused: it has more than ${mostStyles.toLocaleString('en')} cell styles.`,
        );
      }
    },
    close(name) {
      if (name === list) list = '';
    },
  });
  return formats.map((id) => custom.get(id) ?? builtInKind(id));
}

function cellFormat(code: string): CellFormat {
  const kind = formatKind(code);
  return (kind === formatKinds.number ? digitMask(code) : null) ?? kind;
}
