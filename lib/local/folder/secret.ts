import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A secret of this folder, made at the first start. Only its own user may read it. */
export async function keptSecret(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  await mkdir(folder, { recursive: true });
  const made = randomBytes(32).toString('base64url');
  // The first of two that start at once makes it; both read it.
  await writeFile(path, made, { mode: 0o600, flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const secret = (await readFile(path, 'utf8')).trim();
  if (secret.length >= 32) return secret;
  throw new Error(`${path} is damaged. Remove it and start again: everybody has to sign in anew.`);
}
