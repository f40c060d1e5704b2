import pino from 'pino';
import { env } from './env';

let root: pino.Logger | undefined;

/** The process's logger: JSON lines on stderr. Neither signed URLs nor cell values go in here. */
export function log(): pino.Logger {
  root ??= pino({ level: env().LOG_LEVEL, base: undefined }, pino.destination(2));
  return root;
}
