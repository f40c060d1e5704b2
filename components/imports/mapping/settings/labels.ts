import { fixedWidth } from '@/lib/shared/csv/dialect';
import { encodingName } from '@/lib/shared/csv/encoding/names';
import { rowRange } from '@/lib/shared/csv/header-rows';
import { foreignNames } from '@/lib/shared/formats/foreign';
import type { LayoutView } from '@/lib/shared/schema/file/layout';

const delimiterWords: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'vertical bars',
  ':': 'colons',
  ' ': 'spaces',
  '\u001f': 'unit separators',
  '\u001e': 'record separators',
  [fixedWidth]: 'fixed width',
};

/** How a file is read, in one line: “Semicolons, UTF-8, header row 3”. */
export function layoutWords({
  sheet,
  delimiter,
  encoding,
  headerRows,
  convertedFrom,
}: Pick<LayoutView, 'sheet' | 'delimiter' | 'encoding' | 'headerRows' | 'convertedFrom'>): string {
  const parts = [
    sheet !== null && `sheet “${sheet}”`,
    delimiter !== null && (delimiterWords[delimiter] ?? `“${delimiter}” between cells`),
    encoding !== null && encodingName(encoding),
    headerRows.length === 0 ? 'no header row' : `header ${rowRange(headerRows).toLowerCase()}`,
    convertedFrom !== null && `converted from ${foreignNames[convertedFrom]}`,
  ].filter((part) => part !== false);
  const words = parts.join(', ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
