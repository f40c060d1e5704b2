/** An answer of S3 that is not the one that was asked for: a status, its code, and a sentence. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const fullDisk = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** What went wrong, as an answer. A full disk has a status of its own (507), so that it can be named. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return fullDisk.includes(code)
    ? new Refusal(507, 'InsufficientStorage', 'The disk of the file store is full.')
    : new Refusal(500, 'InternalError', 'The file store could not do this.');
}
