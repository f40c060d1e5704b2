/** A request that did not get what it asked for. The message is the server's own and made to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    /** The server's error code, or `unreachable` when there was no answer. */
    readonly code: string,
    /** The HTTP status; 0 when there was no answer. */
    readonly status: number,
    message: string,
    /** Seconds after which the server would take the same request (429, 503); null where it did not say. */
    readonly retryAfter: number | null = null,
  ) {
    super(message);
  }
}

/** What an answer says that is none of what was asked for. */
export async function refusalOf(response: Response): Promise<ApiError> {
  try {
    const body: { error?: { code?: unknown; message?: unknown } } = await response.json();
    if (typeof body.error?.message === 'string') {
      const wait = Number.parseInt(response.headers.get('retry-after') ?? '', 10);
      return new ApiError(
        String(body.error.code ?? 'unknown'),
        response.status,
        body.error.message,
        Number.isNaN(wait) ? null : wait,
      );
    }
  } catch {
    // Not one of Sluice's own answers (a proxy's error page, say): the status has to do.
  }
  return new ApiError(
    'unknown',
    response.status,
    `The server answered with an error (${response.status}). Try again.`,
  );
}
