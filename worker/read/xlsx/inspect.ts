import { ImportFailure } from '@/lib/imports/failure';
import type { ByteSource, Inspection, LayoutChoices } from '../types';

export async function inspectXlsx(_source: ByteSource, _choices?: LayoutChoices): Promise<Inspection> {
  throw new ImportFailure('UNSUPPORTED_FORMAT', 'Workbooks cannot be read yet.');
}
