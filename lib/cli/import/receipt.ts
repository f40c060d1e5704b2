import { counted, leftOutWords } from '@/lib/shared/csv/left-out-words';
import type { ImportDetails, SameFile } from '@/lib/shared/schema/import/import-details';
import type { ImportedFile } from './import-file';

/** The receipt as scripts get it (`--json`). */
export function receiptObject(imported: ImportedFile) {
  const layout = imported.layout ?? imported.inspection?.layout;
  return {
    import: imported.id,
    dataset: imported.dataset?.slug ?? null,
    datasetId: imported.dataset?.id ?? null,
    status: imported.status,
    failureReason: imported.failure?.reason ?? null,
    message: imported.failure ? `${imported.failure.message} ${imported.failure.nextStep}` : null,
    file: {
      name: imported.file.name,
      bytes: imported.file.bytes,
      sha256: imported.file.sha256,
      sheet: layout?.sheet ?? null,
      encoding: layout?.encoding ?? null,
      delimiter: layout?.delimiter ?? null,
      headerRow: layout?.headerRow ?? null,
      rowsAbove: layout?.rowsAbove ?? 0,
      convertedFrom: layout?.convertedFrom ?? null,
    },
    warnings: imported.warnings,
    columns: (imported.mapping ?? []).map(({ name, type }) => ({ name, type: type.toLowerCase() })),
    rows: imported.rows,
    rowsLeftOut: imported.rowsLeftOut,
    rowsRemoved: imported.replaces?.removed ?? 0,
    seconds: imported.seconds ?? 0,
    rowsPerSecond: imported.rowsPerSecond ?? 0,
    peakRssMb: imported.peakRssMb,
    sameFile: imported.sameFile && {
      import: imported.sameFile.id,
      at: imported.sameFile.at,
      user: imported.sameFile.user.name,
    },
    rejections: imported.rejections.slice(0, 20),
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
export function receiptText(file: ImportedFile, url: string): string {
  if (file.failure) {
    const notes = file.warnings.map((warning) => `  Note: ${warning}\n`).join('');
    return `${file.file.name}: ${file.failure.message}\n  ${file.failure.nextStep}\n${notes}`;
  }
  if (file.status !== 'COMPLETED' && file.status !== 'REVIEW')
    return `${file.file.name}: ${file.status.toLowerCase()}\n`;
  const { read, inserted, updated, unchanged, skipped, rejected } = file.rows;
  const fates = file.replaces
    ? { added: inserted, changed: updated, kept: unchanged, skipped, rejected }
    : { inserted, updated, unchanged, skipped, rejected };
  const counts = Object.entries(fates)
    .filter(([, count], i) => count > 0 || i === 0)
    .map(([name, count]) => `${number.format(count)} ${name}`);
  const waits = file.status === 'REVIEW';
  const leftOut = leftOutWords(file);
  const lines = [
    `${file.file.name} → ${file.dataset?.slug ?? ''}`,
    ...(isNothingImported(file)
      ? ['  Nothing imported: every row was rejected. Correct them in the review at the address below.']
      : waits
        ? ['  Nothing is stored yet: the import needs your review. Publishing it would do this:']
        : []),
    `  ${counted(read)} read = ${counts.join(' + ')}`,
    ...removedLines(file),
    ...(leftOut === '' ? [] : [`  Left out: ${leftOut}`]),
    `  ${speedOf(file)}`,
    `  SHA-256 ${file.file.sha256 ?? ''}`,
    ...file.warnings.map((warning) => `  Note: ${warning}`),
    ...file.rejections
      .slice(0, 5)
      .map((r) => `  row ${r.row}${r.column ? `, ${r.column}` : ''}: “${r.value}”: ${r.reason}`),
    `  ${url}/imports/${file.id}`,
  ];
  return `${lines.join('\n')}\n`;
}

/** How long it took, and how many rows a second that was: below a second that says nothing. */
function speedOf({ seconds, rowsPerSecond }: ImportDetails): string {
  if (seconds === null || seconds < 1) return 'less than a second';
  return `${seconds.toFixed(1)} s, ${number.format(rowsPerSecond ?? 0)} rows a second`;
}
