import { ApiError, refusalOf } from '@/lib/shared/api/api-error';
import { apiClient } from '@/lib/shared/api/client';

export { ApiError };

/** Resolves once the person has signed in again. @throws AbortError when the signal aborts */
type WaitForSignIn = (signal: AbortSignal) => Promise<void>;

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

const unreachable =
  'The Sluice server does not answer. Check your connection and whether the server runs, then try again.';

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError('unreachable', 0, unreachable);
  }
}

/** @throws ApiError with the server's message; AbortError when the request's signal aborts */
export async function sendOpenly(request: Request): Promise<Response> {
  const response = await send(request);
  if (!response.ok) throw await refusalOf(response);
  return response;
}

/** The same for what needs a session. */
async function sendSignedIn(request: Request): Promise<Response> {
  // A request can be sent once: what is sent is a copy, as long as it may have to be made again.
  const response = await send(request.clone());
  if (response.status === 401 && waitForSignIn) {
    await waitForSignIn(request.signal);
    return sendSignedIn(request);
  }
  if (!response.ok) throw await refusalOf(response);
  return response;
}

/** This site's own API, for whoever is signed in. @throws ApiError from each of its methods */
export const api = apiClient('', sendSignedIn);

/** What answers without a session too, so that 401 means something else than that it ended. */
export const openApi = apiClient('', sendOpenly);

/** The sentence to show for anything that was thrown. */
export function sentenceOf(error: unknown): string {
  if (error instanceof Error && error.message) return error.message;
  return 'Something unexpected happened. Try again.';
}
