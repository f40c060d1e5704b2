import { escapeFormula } from '@/lib/shared/csv/csv-cells';

/** Excel takes no more in a cell. */
export const mostInExcel = 32_767;

/** The text as it survives a spreadsheet program: its newlines, and none of the characters that XML cannot hold. */
function survives(text: string): string {
  return text
    .slice(0, mostInExcel)
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Cc}/gu, (text) => (text === '\n' || text === '\t' ? text : ''));
}

/** Whether a cell came back as it was given out. */
export function isUnchanged(original: string, cameBack: string): boolean {
  if (original === cameBack) return true;
  const back = survives(cameBack);
  return back === survives(original) || back === survives(escapeFormula(original));
}

/** The text that a person wrote: without the apostrophe that kept it from being a formula. */
export function unescapeFormula(cell: string): string {
  return cell.startsWith("'") && escapeFormula(cell.slice(1)) === cell ? cell.slice(1) : cell;
}
