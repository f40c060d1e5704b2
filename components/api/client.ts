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

const unreachable =
  'The Sluice server does not answer. Check your connection and whether the server runs, then try again.';

async function failureOf(response: Response): Promise<ApiError> {
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

/** Resolves once the person has signed in again. @throws AbortError when the signal aborts */
type WaitForSignIn = (signal?: AbortSignal) => Promise<void>;

let waitForSignIn: WaitForSignIn | undefined;

/**
 * From now on a request that finds the session ended waits until the person has signed in again, and is made anew
 * then: uploads, forms and lists go on where they were.
 * @returns takes it back
 */
export function holdRequests(wait: WaitForSignIn): () => void {
  waitForSignIn = wait;
  return () => {
    if (waitForSignIn === wait) waitForSignIn = undefined;
  };
}

/** The query of an address: what is empty is left out. */
export function queryOf(values: Record<string, string | number | null | undefined>): URLSearchParams {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === '' || value === null || value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given);
}

interface CallOptions {
  body?: unknown;
  signal?: AbortSignal;
  /** Repeats of a request carry the key of the first: the server answers them alike, and does the deed once. */
  key?: string;
  /** Goes out although the page is being left (64 KB at most). */
  keepalive?: boolean;
  /** Answers without a session too, so 401 means something else than that it ended. */
  open?: boolean;
}

/**
 * One request to Sluice's own API; `T` is the answer's type in the contract.
 * @throws ApiError with the server's message; AbortError when `signal` aborts
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: CallOptions = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      signal: options.signal,
      keepalive: options.keepalive,
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.key === undefined ? {} : { 'idempotency-key': options.key }),
      },
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiError('unreachable', 0, unreachable);
  }
  if (response.status === 401 && !options.open && waitForSignIn) {
    await waitForSignIn(options.signal);
    return call(method, path, options);
  }
  if (!response.ok) throw await failureOf(response);
  const answer: T = await response.json();
  return answer;
}

/** How often a request is made again because the server asks for patience: at most some twenty minutes in all. */
const patience = 20;

/** Seconds that the server asks for before the same request is made again; null where there is no use in it. */
function waitOf(error: unknown): number | null {
  if (!(error instanceof ApiError)) return null;
  if (error.status === 429) return error.retryAfter ?? 10;
  return error.status === 503 ? error.retryAfter : null;
}

/**
 * Makes a request, and makes it again whenever the server says that it is one too many for now (429), or that it cannot
 * do its work right now (503).
 * @param onWait told before each wait
 * @param goesOn false: nobody wants the answer any more, and the refusal is the answer
 */
export async function withRetryAfter<T>(
  request: () => Promise<T>,
  onWait: (error: ApiError) => void = () => undefined,
  goesOn: () => boolean = () => true,
): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await request();
    } catch (error) {
      const wait = waitOf(error);
      if (wait === null || tries === patience || !goesOn()) throw error;
      if (error instanceof ApiError) onWait(error);
      // Not all of those who wait come back in the same moment.
      await new Promise((done) => setTimeout(done, wait * 1000 + Math.random() * 1000));
      if (!goesOn()) throw error;
    }
  }
}

/** Waits before a request is made again that nobody answered, in ms. */
const outageDelays = [1_000, 3_000, 8_000];

/** Makes a request that may be repeated, again when there was no answer or the server was out of order. */
export async function throughOutages<T>(request: () => Promise<T>): Promise<T> {
  for (const delay of outageDelays) {
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof ApiError) || (error.status !== 0 && error.status < 502)) throw error;
      await new Promise((done) => setTimeout(done, delay));
    }
  }
  return request();
}

/** What to show a person for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return 'Something unexpected happened. Try again.';
}
