/** A request that did not get what it asked for. The message is the server's own and made to be shown. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    /** The server's error code, or `unreachable` when there was no answer. */
    readonly code: string,
    /** The HTTP status; 0 when there was no answer. */
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const unreachable =
  'The Sluice server does not answer. Check your connection and whether the server runs, then try again.';

async function failureOf(response: Response): Promise<ApiError> {
  try {
    const body: { error?: { code?: unknown; message?: unknown } } = await response.json();
    if (typeof body.error?.message === 'string') {
      return new ApiError(String(body.error.code ?? 'unknown'), response.status, body.error.message);
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

/**
 * One request to Sluice's own API; `T` is the answer's type in the contract.
 * @throws ApiError with the server's message; AbortError when `signal` aborts
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  options: { body?: unknown; signal?: AbortSignal } = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal: options.signal,
      headers: options.body === undefined ? undefined : { 'content-type': 'application/json' },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError('unreachable', 0, unreachable);
  }
  if (!response.ok) throw await failureOf(response);
  const answer: T = await response.json();
  return answer;
}

/** What to show a person for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return 'Something unexpected happened. Try again.';
}
