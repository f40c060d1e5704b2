import {
  chooseAnother,
  exportNumbers,
  fromDocument,
  fromPicture,
  type NoTable,
  packAgain,
  unpackOne,
} from './advice';
import { latin1 } from './bytes-at';
import type { ForeignFormat } from './foreign';

/** What a zip is, by the names in its directory. */
export type ZipContent =
  | { kind: 'workbook' }
  /** A spreadsheet of another format. */
  | { kind: 'foreign'; format: Extract<ForeignFormat, 'ods' | 'xlsb'> }
  /** One file, packed for its way here. */
  | { kind: 'file'; name: string }
  | ({ kind: 'other' } & NoTable);

/** What archivers and file managers put beside the files that were meant. */
const besides = /(^|\/)(__MACOSX\/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|\._)/i;
const picture = /\.(png|jpe?g|gif|webp|tiff?|bmp|heic|avif|svg|ico|psd)$/i;
/** Names shown of a zip that holds several files. */
const namesShown = 5;

/** Documents that are zips, by a name in their directory. */
const documents: (NoTable & { has: RegExp })[] = [
  { has: /^word\/document2?\.xml$/i, name: 'a Word document (.docx)', advice: fromDocument },
  { has: /^ppt\/presentation\.xml$/i, name: 'a PowerPoint presentation (.pptx)', advice: fromDocument },
  { has: /^visio\/document\.xml$/i, name: 'a Visio drawing', advice: fromDocument },
  { has: /^AndroidManifest\.xml$/, name: 'an Android app', advice: chooseAnother },
  { has: /^META-INF\/MANIFEST\.MF$/, name: 'a Java program', advice: chooseAnother },
];

/** What a zip says first that it is, if it says so (ODF 1.2 part 3, 3.3; EPUB OCF 4.3). */
const mimetypes: (NoTable & { says: string })[] = [
  { says: 'vnd.oasis.opendocument.text', name: 'an OpenDocument text (.odt)', advice: fromDocument },
  {
    says: 'vnd.oasis.opendocument.presentation',
    name: 'an OpenDocument presentation (.odp)',
    advice: fromDocument,
  },
  { says: 'vnd.oasis.opendocument.graphics', name: 'an OpenDocument drawing (.odg)', advice: fromPicture },
  { says: 'epub+zip', name: 'an e-book (EPUB)', advice: fromDocument },
];

/**
 * Tells what a zip is.
 * @param names of all its entries
 * @param head its first bytes, where they are known
 */
export function zipContentOf(names: readonly string[], head: Uint8Array = new Uint8Array()): ZipContent {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name));
  const start = latin1(head, 0, 200);
  const said = mimetypes.find(({ says }) => start.includes(`mimetypeapplication/${says}`));
  if (said) return other(said);
  if (has(/^index\/document\.iwa$|^index\.zip$/i)) {
    return other({ name: 'an Apple Numbers spreadsheet', advice: exportNumbers });
  }
  if (has(/^content\.xml$/i) && has(/^(mimetype|meta-inf\/manifest\.xml)$/i)) {
    return { kind: 'foreign', format: 'ods' };
  }
  if (has(/^xl\/workbook\.bin$/i)) return { kind: 'foreign', format: 'xlsb' };
  if (has(/^xl\//i)) return { kind: 'workbook' };
  const document = documents.find((known) => has(known.has));
  if (document) return other(document);
  if (has(/^\[content_types\]\.xml$/i)) return { kind: 'workbook' };
  return filesIn(names.filter((name) => !name.endsWith('/') && !besides.test(name)));
}

function filesIn(files: string[]): ZipContent {
  const [only] = files;
  if (only === undefined) {
    return other({ name: 'a zip archive with no file in it', advice: packAgain });
  }
  if (files.length === 1) return { kind: 'file', name: only };
  if (files.every((name) => picture.test(name))) {
    return other({ name: `a zip archive of ${files.length} pictures`, advice: fromPicture });
  }
  const more = files.length > namesShown ? ` and ${files.length - namesShown} more` : '';
  return other({
    name: `a zip archive of ${files.length} files (${files.slice(0, namesShown).join(', ')}${more})`,
    advice: unpackOne,
  });
}

const other = ({ name, advice }: NoTable): ZipContent => ({ kind: 'other', name, advice });
