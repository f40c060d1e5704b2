import type { Stats } from 'node:fs';
import { access, constants, stat } from 'node:fs/promises';

/** A file that somebody named and that cannot be read: a sentence that names it. */
export class FileError extends Error {
  override readonly name = 'FileError';
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

function sentenceOf(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `There is no file “${path}” here.`;
    case 'EACCES':
    case 'EPERM':
      return `You may not read the file “${path}”.`;
    default:
      return `The file “${path}” cannot be read (${String(code ?? error)}).`;
  }
}
