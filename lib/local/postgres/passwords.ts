import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';

/** The passwords of the embedded database's two users. */
const passwords = z.object({
  /** Of the administrator, whom only this folder's owner and Sluice's upgrades need. */
  postgres: z.string().min(32),
  /** Of the user that Sluice works as, who is no administrator. */
  sluice: z.string().min(32),
});
export type Passwords = z.infer<typeof passwords>;

/** What the file says, or null when there is none: the database was not given passwords yet. */
export async function readPasswords(path: string): Promise<Passwords | null> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    return passwords.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export function drawPasswords(): Passwords {
  const draw = () => randomBytes(32).toString('base64url');
  return { postgres: draw(), sluice: draw() };
}

/** Keeps them in a file that only this user may read. */
export async function keepPasswords(path: string, drawn: Passwords): Promise<void> {
  await writeFile(`${path}.making`, `${JSON.stringify(drawn)}\n`, { mode: 0o600 });
  await rename(`${path}.making`, path);
}
