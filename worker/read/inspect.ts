import { inspectCsv } from './csv/inspect-csv';
import { detect } from './detect';
import type { ByteSource, Inspection, LayoutChoices } from './types';
import { inspectXlsx } from './xlsx/inspect';

/**
 * Finds out how a stored file is laid out, from its bytes alone, reading only what that needs.
 *
 * @param choices what a person has overruled; everything else is detected
 * @throws ImportFailure when the file cannot be imported
 */
export async function inspect(source: ByteSource, choices: LayoutChoices = {}): Promise<Inspection> {
  const format = await detect(source);
  return format.kind === 'xlsx'
    ? inspectXlsx(source, choices)
    : inspectCsv(source, format.compression, choices);
}
