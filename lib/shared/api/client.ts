import createClient, { createFinalURL, defaultPathSerializer } from 'openapi-fetch';
import type { HttpMethod, PathsWithMethod, SuccessResponseJSON } from 'openapi-typescript-helpers';
import type { paths } from './paths';
import { apiPrefix } from './prefix';

/** What a path answers. */
export type Answer<
  Path extends PathsWithMethod<paths, Method>,
  Method extends HttpMethod = 'get',
> = SuccessResponseJSON<NonNullable<paths[Path][Method]>>;

/** What a list can be narrowed to. */
export type Query<Path extends PathsWithMethod<paths, 'get'>> = NonNullable<
  paths[Path]['get']['parameters']['query']
>;

/** The query of an address: what is empty is left out. */
function querySerializer(values: Record<string, unknown>): string {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === '' || value === null || value === undefined ? [] : [[name, String(value)]],
  );
  return new URLSearchParams(given).toString();
}

/** The same request, whose answer is what was asked for: how it is refused is the business of `fetch`. */
function answered<Given extends unknown[], Found extends { data?: unknown }>(
  request: (...given: Given) => Promise<Found>,
) {
  return async (...given: Given): Promise<NonNullable<Found['data']>> => {
    const { data } = await request(...given);
    if (data === undefined || data === null) throw new Error('The server answered with nothing.');
    return data;
  };
}

/**
 * The API, typed as its document describes it: `get('/imports/{id}', { params: { path: { id } } })`.
 * @param origin of the server; empty in a page, which asks its own
 * @param fetch gets the answer to a request, and throws what is to be thrown for any but a good one
 */
export function apiClient(origin: string, fetch: (request: Request) => Promise<Response>) {
  const client = createClient<paths, 'application/json'>({
    baseUrl: origin + apiPrefix,
    querySerializer,
    fetch,
  });
  return {
    get: answered(client.GET),
    post: answered(client.POST),
    put: answered(client.PUT),
    delete: answered(client.DELETE),
  };
}

type Given<Path extends keyof paths> = paths[Path] extends { get: { parameters: infer Parameters } }
  ? Pick<Parameters, keyof Parameters & ('path' | 'query')>
  : never;

/** The address of what a link leads to or a program streams. */
export function addressOf<Path extends PathsWithMethod<paths, 'get'>>(
  path: Path,
  params: Given<Path>,
): string {
  return createFinalURL(path, {
    baseUrl: apiPrefix,
    params,
    querySerializer,
    pathSerializer: defaultPathSerializer,
  });
}
