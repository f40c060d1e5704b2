import { z } from 'zod';
import { fixedWidth } from '@/lib/shared/csv/dialect';
import { dosDecoder } from '@/lib/shared/csv/encoding/dos';
import { type LayoutChoicesInput, layoutChoicesInput } from '@/lib/shared/schema/file/layout';
import { leftOutKinds } from '@/lib/shared/schema/file/left-out-kinds';

/** The options of a command line that say how a file is laid out, as `parseArgs` of `node:util` takes them. */
export const layoutOptions = {
  sheet: { type: 'string' },
  'header-row': { type: 'string' },
  delimiter: { type: 'string' },
  encoding: { type: 'string' },
  'keep-rows': { type: 'boolean', default: false },
} as const;

/** What the options do, for the text of `--help`. */
export const layoutUsage = `  --sheet NAME       the sheet of a workbook (default: the visible one with the most data)
  --header-row N     the row with the columns' names, N-M for several that name them together, or none (default: found)
  --delimiter X      what is between two cells: a character, or tab, comma, semicolon, pipe, space; or
                     fixed: columns begin at fixed places, with blanks between them (default: found)
  --encoding NAME    e.g. utf-8, windows-1252, shift_jis (default: found)
  --keep-rows        totals, notes, repeated headers and lines of dashes are rows as well (default: they are left out)
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
  values: Partial<Record<'sheet' | 'header-row' | 'delimiter' | 'encoding', string>> & {
    'keep-rows'?: boolean;
  },
): LayoutChoicesInput {
  const { sheet, delimiter, encoding } = values;
  const row = values['header-row'];
  const chosenRow = row === undefined ? undefined : headerRow.safeParse(row);
  if (chosenRow && !chosenRow.success) {
    throw new Error(
      `“${row}” cannot be used for --header-row. Give a row number (1 or more), a few rows such as 1-2, or “none”.`,
    );
  }
  const given = delimiter === undefined ? undefined : (delimiters[delimiter.toLowerCase()] ?? delimiter);
  if (given !== undefined && given !== fixedWidth && given.length > 4) {
    const names = Object.keys(delimiters).filter((name) => name !== '\\t');
    throw new Error(
      `--delimiter takes up to four characters, or ${names.join(', ')}; “${delimiter}” is none of them.`,
    );
  }
  const label = encoding?.toLowerCase();
  if (label !== undefined && !isEncoding(label)) {
    throw new Error(
      `--encoding takes the name of an encoding, such as utf-8, windows-1252 or shift_jis; there is none called “${encoding}”.`,
    );
  }
  if (delimiter === '') throw new Error('--delimiter takes a character or its name; it is empty.');
  return layoutChoicesInput.parse({
    ...(sheet === undefined ? {} : { sheet }),
    ...(chosenRow?.success ? chosenRow.data : {}),
    ...(delimiter === undefined ? {} : { delimiter: given }),
    ...(encoding === undefined ? {} : { encoding: label }),
    ...(values['keep-rows']
      ? { leftOut: Object.fromEntries(leftOutKinds.map((kind) => [kind, false])) }
      : {}),
  });
}

/** What somebody should know who said how a file is laid out, and whose file is not. */
export function layoutNotes(
  { delimiter, headerRow }: LayoutChoicesInput,
  columns: readonly unknown[],
): string[] {
  if (columns.length === 0)
    return [
      `No row ${headerRow ?? ''} was found that could name the columns. Say another with --header-row.`,
    ];
  if (delimiter === undefined || delimiter === fixedWidth || columns.length !== 1) return [];
  const name = Object.keys(delimiters).find((key) => delimiters[key] === delimiter) ?? `“${delimiter}”`;
  return [
    `The delimiter ${name} divides no row of the file: there is one column. Leave --delimiter out to have it found.`,
  ];
}

function isEncoding(label: string): boolean {
  if (dosDecoder(label)) return true;
  try {
    return new TextDecoder(label).encoding !== 'replacement';
  } catch {
    return false;
  }
}
