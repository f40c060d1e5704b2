import { inspectCsv } from './csv/inspect-csv';
import { detect } from './detect';
import { openUnpackedWorkbook } from './packed/unpacked-workbook';
import type { ByteSource, Inspection, LayoutChoices } from './types';
import { inspectXlsx } from './xlsx/inspect';

/**
 * Finds out how a stored file is laid out, from its bytes alone, reading only what that needs.
 *
 * @param choices what a person has overruled; everything else is detected
 * @throws ImportFailure when the file cannot be imported
 */
export async function inspect(source: ByteSource, choices: LayoutChoices = {}): Promise<Inspection> {
  const { kind, compression } = await detect(source);
  if (kind === 'text') return inspectCsv(source, compression, choices);
  if (compression === null) return inspectXlsx(source, choices);
  const workbook = await openUnpackedWorkbook(source, compression);
  try {
    const inspection = await inspectXlsx(workbook, choices);
    return { ...inspection, layout: { ...inspection.layout, compression } };
  } finally {
    await workbook.close();
  }
}
