import { fromDocument, type NoTable } from './advice';

/** Names of streams in an OLE2 container (MS-CFB 2.6.1) that tell what else than a workbook it is. */
const documents: (NoTable & { stream: string })[] = [
  { stream: 'WordDocument', name: 'a Word document', advice: fromDocument },
  { stream: 'PowerPoint Document', name: 'a PowerPoint presentation', advice: fromDocument },
  { stream: '__substg1.0_', name: 'an Outlook message', advice: fromDocument },
];

/**
 * What an OLE2 container is: an old .xls, a workbook that is encrypted, or something else.
 * @param has whether a stream of this name is in it
 */
export function oleContent(has: (stream: string) => boolean): 'xls' | 'encrypted' | NoTable {
  // A workbook may have documents embedded.
  if (has('Workbook') || has('Book')) return 'xls';
  if (has('EncryptedPackage') || has('EncryptionInfo')) return 'encrypted';
  const found = documents.find(({ stream }) => has(stream));
  return found ? { name: found.name, advice: found.advice } : 'xls';
}
