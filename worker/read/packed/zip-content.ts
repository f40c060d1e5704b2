import { ImportFailure, passwordProtected, unsupportedSentence } from '@/lib/shared/schema/import/failure';
import type { ByteSource } from '../source/types';
import { type Directory, type Part, readDirectory } from '../zip/directory';

/** What a zip is, by the names in its directory. */
export type ZipContent =
  | { kind: 'workbook' }
  /** A spreadsheet of another format. */
  | { kind: 'foreign'; format: 'ods' | 'xlsb' }
  /** One file, packed for its way here. */
  | { kind: 'file'; directory: Directory; part: Part };

/** What archivers and file managers put beside the files that were meant. */
const besides = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;
/** Names shown of a zip that holds several files. */
const namesShown = 5;

/**
 * Looks into the directory of a zip.
 *
 * @throws ImportFailure UNSUPPORTED_FORMAT for what is neither a workbook nor one file; PASSWORD_PROTECTED; what
 *   reading the directory throws
 */
export async function zipContent(source: ByteSource): Promise<ZipContent> {
  const directory = await readDirectory(source);
  const { names } = directory;
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  if (has(/^index\/document\.iwa$|^index\.zip$/i)) {
    throw unsupported('an Apple Numbers spreadsheet', 'Choose “Export to” Excel or CSV in Numbers');
  }
  if (has(/^content\.xml$/i) && has(/^(mimetype|meta-inf\/manifest\.xml)$/i)) {
    return { kind: 'foreign', format: 'ods' };
  }
  if (has(/^xl\/workbook\.bin$/i)) return { kind: 'foreign', format: 'xlsb' };
  if (has(/^\[content_types\]\.xml$/i) || has(/^xl\//i)) return { kind: 'workbook' };
  const files = names.filter((name) => !name.endsWith('/') && !besides.test(name));
  const [only] = files;
  if (only === undefined) throw unsupported('a zip archive with no file in it', 'Pack the table again');
  if (files.length > 1) {
    const more = files.length > namesShown ? ` and ${files.length - namesShown} more` : '';
    throw unsupported(
      `a zip archive of ${files.length} files (${files.slice(0, namesShown).join(', ')}${more})`,
      'Unpack it, and upload the table that you mean',
    );
  }
  const part = directory.find(only);
  if (!part) throw new ImportFailure('MALFORMED_FILE', `The file is damaged: “${only}” is missing from it.`);
  if (part.entry.isEncrypted()) {
    throw passwordProtected('zip archive');
  }
  return { kind: 'file', directory, part };
}

function unsupported(what: string, advice: string): ImportFailure {
  return new ImportFailure('UNSUPPORTED_FORMAT', `${unsupportedSentence(what)} ${advice}.`);
}
