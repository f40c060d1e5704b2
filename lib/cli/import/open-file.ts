import type { Stats } from 'node:fs';
import { access, constants, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatHeadBytes, otherFormatOf } from '@/lib/shared/formats/other-format';
import { type FailureReason, unsupportedSentence } from '@/lib/shared/schema/import/failure';

/** A file that somebody named and that cannot be read: a sentence that names it. */
export class FileError extends Error {
  override readonly name = 'FileError';
  constructor(
    message: string,
    readonly reason?: FailureReason,
  ) {
    super(message);
  }
}

/**
 * Looks whether a file can be read before anything is done with it.
 * @throws FileError
 */
export async function statFile(path: string): Promise<Stats> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new FileError(`“${path}” is a folder. Name the files in it.`);
    await access(path, constants.R_OK);
    return found;
  } catch (error) {
    throw error instanceof FileError ? error : new FileError(sentenceOf(error, path));
  }
}

/**
 * Looks at the first bytes of a file before it is uploaded for nothing.
 * @throws FileError for what is known to be no table
 */
export async function assertNoOtherFormat(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(formatHeadBytes), 0, formatHeadBytes, 0);
    const found = otherFormatOf(buffer.subarray(0, bytesRead));
    if (found && !found.foreign) {
      throw new FileError(
        `${basename(path)}: ${unsupportedSentence(found.name)}\n  ${found.advice}`,
        'UNSUPPORTED_FORMAT',
      );
    }
  } finally {
    await file.close();
  }
}

function sentenceOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `File “${path}” not found.`;
    case 'EACCES':
    case 'EPERM':
      return `No permission to read file “${path}”.`;
    default:
      return `File “${path}” cannot be read (${String(code ?? error)}).`;
  }
}
