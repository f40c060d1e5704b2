/** Code → HTTP status: the one table. */
export const httpStatus = {
  'bad-request': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  gone: 410,
  'too-large': 413,
  'unsupported-media-type': 415,
  unprocessable: 422,
  'too-many-requests': 429,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof httpStatus;

/** An answer that is not the one that was asked for: the message is shown to the person as it is. */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions,
    /** Seconds after which the same request may succeed. */
    readonly retryAfter?: number,
  ) {
    super(message, options);
  }
}

/** A later attempt of the same import has taken over, or the import was cancelled: stop, write nothing. */
export class Fenced extends Error {
  override readonly name = 'Fenced';
  constructor() {
    super('The import was cancelled or taken over.');
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
