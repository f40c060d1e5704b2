import { z } from 'zod';
import { fixedWidth } from '@/lib/shared/csv/dialect';
import { type LayoutChoicesInput, layoutChoicesInput } from '@/lib/shared/schema/imports';

/** The options of a command line that say how a file is laid out, as `parseArgs` of `node:util` takes them. */
export const layoutOptions = {
  sheet: { type: 'string' },
  'header-row': { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
} as const;

/** What the options do, for the text of `--help`. */
export const layoutUsage = `  --sheet NAME       the sheet of a workbook (default: the visible one with the most data)
  --header-row N     the row with the columns' names, N-M for several that name them together, or none (default: found)
  --delimiter X      what is between two cells: a character, or tab, comma, semicolon, pipe, space; or
                     fixed: columns begin at fixed places, with blanks between them (default: found)
  --encoding NAME    e.g. utf-8, windows-1252, shift_jis (default: found)
`;

const delimiters: Record<string, string> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
  space: ' ',
  fixed: fixedWidth,
};

const headerRow = z.union([
  z.literal('none').transform(() => ({ headerRow: null })),
  z
    .string()
    .regex(/^\d{1,5}(-\d{1,5})?$/)
    .transform((text) => {
      const [headerRow = 0, last = headerRow] = text.split('-').map(Number);
      return { headerRow, headerRows: last - headerRow + 1 };
    })
    .refine(({ headerRow, headerRows }) => headerRow > 0 && headerRows >= 1 && headerRows <= 10),
]);

/**
 * What the person said of the file's layout; empty where nothing was said.
 * @throws Error with a sentence for a value that cannot be
 */
export function layoutChoices(
  values: Partial<Record<keyof typeof layoutOptions, string>>,
): LayoutChoicesInput {
  const { sheet, delimiter, encoding } = values;
  const row = values['header-row'];
  const chosenRow = row === undefined ? undefined : headerRow.safeParse(row);
  if (chosenRow && !chosenRow.success) {
    throw new Error(
      `“${row}” cannot be used for --header-row. Give a row number (1 or more), a few rows such as 1-2, or “none”.`,
    );
  }
  if (delimiter === '') throw new Error('--delimiter takes a character or its name; it is empty.');
  return layoutChoicesInput.parse({
    ...(sheet === undefined ? {} : { sheet }),
    ...(chosenRow?.success ? chosenRow.data : {}),
    ...(delimiter === undefined ? {} : { delimiter: delimiters[delimiter.toLowerCase()] ?? delimiter }),
    ...(encoding === undefined ? {} : { encoding: encoding.toLowerCase() }),
  });
}
