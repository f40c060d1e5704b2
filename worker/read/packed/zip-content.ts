import { type ZipContent as Content, zipContentOf } from '@/lib/shared/formats/zip-content';
import { ImportFailure, passwordProtected, unsupportedSentence } from '@/lib/shared/schema/import/failure';
import type { ByteSource } from '../source/types';
import { type Directory, type Part, readDirectory } from '../zip/directory';

/** What of a zip can be read. */
export type ZipContent =
  | Extract<Content, { kind: 'workbook' | 'foreign' }>
  /** One file, packed for its way here. */
  | { kind: 'file'; directory: Directory; part: Part };

/**
 * Looks into the directory of a zip.
 *
 * @param head its first bytes, where they were read already
 * @throws ImportFailure UNSUPPORTED_FORMAT for what is neither a workbook nor one file; PASSWORD_PROTECTED; what
 *   reading the directory throws
 */
export async function zipContent(source: ByteSource, head?: Uint8Array): Promise<ZipContent> {
  const directory = await readDirectory(source);
  const content = zipContentOf(directory.names, head);
  switch (content.kind) {
    case 'workbook':
    case 'foreign':
      return content;
    case 'other':
      throw new ImportFailure('UNSUPPORTED_FORMAT', `${unsupportedSentence(content.name)} ${content.advice}`);
    case 'file':
      return { kind: 'file', directory, part: partOf(directory, content.name) };
    default:
      return content satisfies never;
  }
}

function partOf(directory: Directory, name: string): Part {
  const part = directory.find(name);
  if (!part) throw new ImportFailure('MALFORMED_FILE', `The file is damaged: “${name}” is missing from it.`);
  if (part.entry.isEncrypted()) throw passwordProtected('zip archive');
  return part;
}
