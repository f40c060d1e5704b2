import { messageOf } from '../platform/errors';

/** What a check found: fine, worth looking at, or broken. */
export interface Finding {
  level: 'ok' | 'warn' | 'fail';
  /** What was looked at, in a word or two. */
  what: string;
  /** What was found, in a sentence. */
  said: string;
  /** What to do about it; lines. */
  todo?: string;
}

export const ok = (what: string, said: string): Finding => ({ level: 'ok', what, said });
export const warn = (what: string, said: string, todo: string): Finding => ({
  level: 'warn',
  what,
  said,
  todo,
});
export const fail = (what: string, said: string, todo: string): Finding => ({
  level: 'fail',
  what,
  said,
  todo,
});

/** The first line of an error that says something; Prisma puts the call before it. */
export function reasonOf(error: unknown): string {
  const lines = messageOf(error)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('Invalid `'));
  return (lines.at(-1) ?? 'no reason was given').replace(/\.$/, '');
}

/** A finding as the terminal shows it. @param secrets values that must not be shown, wherever they come from */
export function findingText({ level, what, said, todo }: Finding, secrets: string[]): string {
  const indent = ' '.repeat(6);
  const lines = [
    `${level.padEnd(6)}${what}: ${said}`,
    ...(todo ? todo.split('\n').map((line) => indent + line) : []),
  ];
  return hidden(lines.join('\n'), secrets);
}

/** The text without these values, as they are and as they stand in an address. */
export function hidden(text: string, secrets: string[]): string {
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length)
    .reduce((shown, secret) => shown.replaceAll(secret, '•••'), text);
}
