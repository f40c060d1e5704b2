import type { RowWidths } from '@/lib/shared/columns/infer/sample';
import { type ForeignFormat, foreignNames } from '@/lib/shared/formats/foreign';
import { inspectCsv } from './csv/inspect-csv';
import { detect } from './detect';
import { isWrapped, openInnerWorkbook } from './packed/inner-workbook';
import type { ByteSource, Inspection, LayoutChoices } from './source/types';
import { inspectXlsx } from './xlsx/inspect';

/**
 * Finds out how a stored file is laid out, from its bytes alone, reading only what that needs.
 *
 * @param choices what a person has overruled; everything else is detected
 * @param toTheEnd look at the last rows as well, however much has to be unpacked for them
 * @throws ImportFailure when the file cannot be imported
 */
export async function inspect(
  source: ByteSource,
  choices: LayoutChoices = {},
  toTheEnd = false,
): Promise<Inspection> {
  const { kind, ...wrapping } = await detect(source);
  if (kind === 'text') return inspectCsv(source, wrapping.compression, choices, toTheEnd);
  if (!isWrapped(wrapping)) return inspectXlsx(source, choices, toTheEnd);
  const workbook = await openInnerWorkbook(source, wrapping);
  try {
    const found = await inspectXlsx(workbook, choices, toTheEnd);
    const warnings = wrapping.convertedFrom ? [conversion(wrapping.convertedFrom)] : [];
    return { ...found, layout: { ...found.layout, ...wrapping }, warnings: [...warnings, ...found.warnings] };
  } finally {
    await workbook.close();
  }
}

const conversion = (format: ForeignFormat) =>
  `The file is ${foreignNames[format]}. It was converted to be read: values only, without formulas.`;

/** Cells of a whole row of a delimited text. Rows of a sheet end with their last value. */
export function rowWidths({ layout, columns }: Inspection): RowWidths | null {
  if (layout.format === 'xlsx') return null;
  return layout.widths ?? { fewest: columns.length, most: Number.POSITIVE_INFINITY };
}
