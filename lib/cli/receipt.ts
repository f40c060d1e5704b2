import { counted, leftOutWords } from '@/lib/shared/csv/left-out-words';
import type { ImportDetails, SameFile } from '@/lib/shared/schema/imports';
import type { ImportedFile } from './import-file';

/** The receipt as scripts get it (`--json`). */
export function receiptObject(it: ImportedFile) {
  const layout = it.layout ?? it.inspection?.layout;
  return {
    import: it.id,
    dataset: it.dataset?.slug ?? null,
    datasetId: it.dataset?.id ?? null,
    status: it.status,
    failureReason: it.failure?.reason ?? null,
    message: it.failure ? `${it.failure.message} ${it.failure.nextStep}` : null,
    file: {
      name: it.file.name,
      bytes: it.file.bytes,
      sha256: it.file.sha256,
      sheet: layout?.sheet ?? null,
      encoding: layout?.encoding ?? null,
      delimiter: layout?.delimiter ?? null,
      headerRow: layout?.headerRow ?? null,
      rowsAbove: layout?.rowsAbove ?? 0,
      convertedFrom: layout?.convertedFrom ?? null,
    },
    warnings: it.warnings,
    columns: (it.mapping ?? []).map(({ name, type }) => ({ name, type: type.toLowerCase() })),
    rows: it.rows,
    rowsLeftOut: it.rowsLeftOut,
    rowsRemoved: it.replaces?.removed ?? 0,
    seconds: it.seconds ?? 0,
    rowsPerSecond: it.rowsPerSecond ?? 0,
    peakRssMb: it.peakRssMb,
    sameFile: it.sameFile && { import: it.sameFile.id, at: it.sameFile.at, user: it.sameFile.user.name },
    rejections: it.rejections.slice(0, 20),
  };
}

/** Where the same bytes were imported before. */
export function sameFileSentence({ id, status, at, user, dataset }: SameFile, url: string): string {
  const when = status === 'COMPLETED' ? `was imported on ${at.slice(0, 10)}` : 'is being imported';
  const into = dataset ? ` into “${dataset.name}”` : '';
  return `The same file ${when} by ${user.name}${into}: ${url}/imports/${id}`;
}

const number = new Intl.NumberFormat('en');

/** Whether an import that was to take the valid rows found none: it waits for its review, though nobody asked for one. */
export function isNothingImported({ status, onRejection, rows }: ImportDetails): boolean {
  return (
    status === 'REVIEW' && onRejection === 'IMPORT_VALID' && rows.read > 0 && rows.rejected === rows.read
  );
}

/** What a replacement did to the rows that were there. */
function removedLines({ replaces, status }: ImportedFile): string[] {
  if (!replaces) return [];
  const { removed, rejected, rejectedRows } = replaces;
  const lines = [`  ${number.format(removed)} ${removed === 1 ? 'row' : 'rows'} of the dataset removed`];
  if (rejected > 0) {
    const named = rejectedRows.slice(0, 5).join(', ');
    lines.push(
      `  ${number.format(rejected)} of them ${rejected === 1 ? 'is' : 'are'} in the file, but ${rejected === 1 ? 'it was' : 'they were'} rejected there (row ${named}${rejectedRows.length > 5 ? ', …' : ''})${status === 'REVIEW' ? ': correct before you publish' : ''}`,
    );
  }
  return lines;
}

/** The receipt as a person reads it in a terminal. */
export function receiptText(it: ImportedFile, url: string): string {
  if (it.failure) {
    const notes = it.warnings.map((warning) => `  Note: ${warning}\n`).join('');
    return `${it.file.name}: ${it.failure.message}\n  ${it.failure.nextStep}\n${notes}`;
  }
  if (it.status !== 'COMPLETED' && it.status !== 'REVIEW')
    return `${it.file.name}: ${it.status.toLowerCase()}\n`;
  const { read, inserted, updated, unchanged, skipped, rejected } = it.rows;
  const fates = it.replaces
    ? { added: inserted, changed: updated, kept: unchanged, skipped, rejected }
    : { inserted, updated, unchanged, skipped, rejected };
  const counts = Object.entries(fates)
    .filter(([, count], i) => count > 0 || i === 0)
    .map(([name, count]) => `${number.format(count)} ${name}`);
  const waits = it.status === 'REVIEW';
  const leftOut = leftOutWords(it);
  const lines = [
    `${it.file.name} → ${it.dataset?.slug ?? ''}`,
    ...(isNothingImported(it)
      ? ['  Nothing imported: every row was rejected. Correct them in the review at the address below.']
      : waits
        ? ['  Nothing is stored yet: the import needs your review. Publishing it would do this:']
        : []),
    `  ${counted(read)} read = ${counts.join(' + ')}`,
    ...removedLines(it),
    ...(leftOut === '' ? [] : [`  Left out: ${leftOut}`]),
    `  ${speedOf(it)}`,
    `  SHA-256 ${it.file.sha256 ?? ''}`,
    ...it.warnings.map((warning) => `  Note: ${warning}`),
    ...it.rejections
      .slice(0, 5)
      .map((r) => `  row ${r.row}${r.column ? `, ${r.column}` : ''}: “${r.value}”: ${r.reason}`),
    `  ${url}/imports/${it.id}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** How long it took, and how many rows a second that was: below a second that says nothing. */
function speedOf({ seconds, rowsPerSecond }: ImportDetails): string {
  if (seconds === null || seconds < 1) return 'less than a second';
  return `${seconds.toFixed(1)} s, ${number.format(rowsPerSecond ?? 0)} rows a second`;
}
