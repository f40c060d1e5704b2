/** The closed list of reasons for which an import ends FAILED. Each has a next step in {@link nextStep}. */
export const failureReasons = [
  'EMPTY_FILE',
  'UNSUPPORTED_FORMAT',
  'LEGACY_XLS',
  'PASSWORD_PROTECTED',
  'INCOMPLETE_FILE',
  'MALFORMED_FILE',
  'UNKNOWN_ENCODING',
  'INFLATED_TOO_LARGE',
  'RECORD_TOO_LARGE',
  'TOO_MANY_COLUMNS',
  'UNCLOSED_QUOTE',
  'NO_ROWS',
  'SHEET_NOT_FOUND',
  'FILE_CHANGED',
  'UPLOAD_ABANDONED',
  'REVIEW_ABANDONED',
  'NOT_A_CORRECTION',
  'RECEIPT_UNBALANCED',
  'DATASET_GONE',
  'DATASET_CHANGED',
  'OUTAGE',
  'INTERNAL',
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** What the person can do after a failure: one sentence in the imperative. */
export function nextStep(reason: FailureReason): string {
  switch (reason) {
    case 'EMPTY_FILE':
    case 'NO_ROWS':
      return 'Check that you chose the right file and that it was saved with its rows, then upload it again.';
    case 'UNSUPPORTED_FORMAT':
      return 'Upload a .csv or .xlsx file instead.';
    case 'LEGACY_XLS':
      return 'Open it in Excel or LibreOffice, choose “Save as” .xlsx, and upload that file.';
    case 'PASSWORD_PROTECTED':
      return 'Open the file with its password, save it without one, and upload it again.';
    case 'INCOMPLETE_FILE':
      return 'The file was probably cut off while it was copied or downloaded: get it again from its source and upload it again.';
    case 'MALFORMED_FILE':
      return 'Open the file in the program that made it, save it again, and upload the new copy.';
    case 'UNKNOWN_ENCODING':
      return 'Save the file as “CSV UTF-8” and upload it again.';
    case 'INFLATED_TOO_LARGE':
      return 'Export the data as CSV and upload that instead.';
    case 'RECORD_TOO_LARGE':
      return 'Look at the line that is named, where a missing quote or line break makes one record swallow the rest: correct it, and upload the file again.';
    case 'TOO_MANY_COLUMNS':
      return 'Split the table, or turn it so that its columns become rows, and upload it again.';
    case 'UNCLOSED_QUOTE':
      return 'Open the file at the line that is named, close or remove the quote, and upload it again.';
    case 'SHEET_NOT_FOUND':
      return 'Upload the workbook again, and choose one of the sheets that it has.';
    case 'FILE_CHANGED':
      return 'The stored file is not the one that was uploaded: upload it again.';
    case 'UPLOAD_ABANDONED':
      return 'Upload the file again.';
    case 'REVIEW_ABANDONED':
      return 'Upload the file again, or download it from here while it is kept.';
    case 'NOT_A_CORRECTION':
      return 'Download the rejected rows of the import, correct that file, and drop it into its review.';
    case 'RECEIPT_UNBALANCED':
      return 'Nothing was made visible. Import the file again and tell your administrator.';
    case 'DATASET_GONE':
      return 'Import the file into another dataset.';
    case 'DATASET_CHANGED':
      return 'The columns of the dataset changed meanwhile: import the file again.';
    case 'OUTAGE':
      return 'Nothing is wrong with the file. Import it again when what the message names works again.';
    case 'INTERNAL':
      return 'This is a fault of ours. Import the file again; if it fails again, send your administrator the import’s address.';
    default:
      return reason satisfies never;
  }
}

/**
 * A file that cannot be imported: the import ends FAILED with this reason and is not retried.
 * The message says what is wrong and where (line, sheet, cell), in words for a business user.
 */
export class ImportFailure extends Error {
  override readonly name = 'ImportFailure';
  constructor(
    readonly reason: FailureReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A file that needs a password to be read. */
export function passwordProtected(what: 'workbook' | 'zip archive'): ImportFailure {
  return new ImportFailure('PASSWORD_PROTECTED', `This ${what} is password-protected.`);
}

/** A file that ends too early: cut off while it was copied, or not uploaded completely. */
export function incompleteFile(options?: ErrorOptions): ImportFailure {
  return new ImportFailure('INCOMPLETE_FILE', 'The file is incomplete; upload it again.', options);
}

/** What is wrong with a file of another format. @param what its format with an article, such as “a JSON document” */
export function unsupportedSentence(what: string): string {
  return `The file is ${what}, not a CSV file or workbook.`;
}
