import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Somebody wrote a command wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * The options and files of a command line.
 * @throws UsageError with a sentence that says what is wrong
 */
export function readArguments<const T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new UsageError(sentenceOf(error));
  }
}

function sentenceOf(error: unknown): string {
  const [code, message] =
    error instanceof Error && 'code' in error ? [error.code, error.message] : ['', String(error)];
  const option = /--?[\w-]+/.exec(message)?.[0] ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `There is no option “${option}”. --help lists those that there are.`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return /does not take/.test(message)
        ? `${option} stands alone; it takes no value.`
        : `${option} needs a value behind it; where that begins with a dash, write ${option}=VALUE.`;
    default:
      return message;
  }
}

/**
 * What an option means, of those that it can.
 * @throws UsageError with the values that there are, for one that there is not
 */
export function named<T>(
  values: ReadonlyMap<string, T>,
  option: string,
  given: string | undefined,
): T | undefined {
  if (given === undefined) return undefined;
  const found = values.get(given.toLowerCase());
  if (found === undefined) {
    throw new UsageError(`${option} takes ${[...values.keys()].join(', ')}; “${given}” is none of them.`);
  }
  return found;
}
