import pino from 'pino';
import { env } from './env';

let root: pino.Logger | undefined;

/**
 * The process's logger: JSON lines on stderr. Neither signed URLs nor cell values go in here: errors are written down
 * as {@link loggedError} has them, never with all that hangs on them.
 */
export function log(): pino.Logger {
  root ??= pino(
    { level: env().LOG_LEVEL, base: undefined, serializers: { err: loggedError } },
    pino.destination(2),
  );
  return root;
}

interface Logged {
  type: string;
  code?: string;
  message: string;
  stack: string[];
  cause?: Logged | string;
}

/**
 * What may be known of an error. PostgreSQL quotes values in its messages and, for COPY, whole lines in its context;
 * Prisma the arguments of a call; the S3 SDK and fetch the address, with its signature. Frames of the stack are kept.
 */
export function loggedError(error: unknown): Logged | string {
  if (!(error instanceof Error)) return withoutSecrets(String(error));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const logged: Logged = {
    type: error.name,
    ...(code ? { code } : {}),
    message: withoutSecrets(
      isOfValues(code) ? error.message.replace(quoted, '"…"') : lastLine(error.message),
    ),
    stack: (error.stack ?? '').split('\n').flatMap((line) => /^\s+at (.+)$/.exec(line)?.[1] ?? []),
  };
  return error.cause === undefined ? logged : { ...logged, cause: loggedError(error.cause) };
}

/** Double quotes stand around values as well as names; both go. */
const quoted = /["“][^"”]*["”]/g;

/** SQLSTATE classes 21 to 23 and 44, and Prisma's codes for the same: errors that concern values. */
function isOfValues(code: string | undefined): boolean {
  return code !== undefined && /^(2[1-3]|44)[0-9A-Z]{3}$|^P20\d\d$/.test(code);
}

/** Prisma writes the call and its arguments first, and what was wrong in the end. */
function lastLine(message: string): string {
  if (!message.includes('invocation')) return message;
  return message.trim().split('\n').at(-1) ?? '';
}

/** Addresses lose what comes after the path, and a signature or password its value wherever it stands. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@"']*@/gi, '$1•••@')
    .replace(/(https?:\/\/[^\s?"']+)\?[^\s"']*/gi, '$1?…')
    .replace(/(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"']+/gi, '$1…');
}
