import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponseObject } from 'zod-openapi';
import type { Scope } from '@/lib/shared/schema/user/user-labels';
import { type ErrorCode, httpStatus } from '../platform/errors';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** What is said of one method of one address; the rest follows from it. */
export interface Operation {
  summary: string;
  description?: string;
  /** Who is answered: anybody, whoever is signed in, administrators, or also an API token with this scope. */
  who: 'anybody' | 'session' | 'admin' | Scope;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** 200 unless it is said. */
  status?: 200 | 201 | 302;
  /** Its JSON, or the media types of a file. A redirection has neither. */
  answer?: z.ZodType | readonly string[];
  answerDescription?: string;
  /** Refusals that do not follow from the rest. */
  refusals?: readonly ErrorCode[];
  /** Takes an Idempotency-Key. */
  repeatable?: true;
}

/** What is said of one address, as it is written behind the prefix of the API. */
type Address = Partial<Record<Method, Operation>> & {
  /** Stands outside of the version, at /api. */
  unversioned?: true;
};

export type Operations = Record<string, Address>;

export const done = z.object({ ok: z.literal(true) }).meta({ id: 'Done' });

const refusal = z
  .object({
    error: z.object({
      code: z.enum([...Object.keys(httpStatus), 'internal']),
      message: z.string().describe('What happened, where, and what to do: made to be shown to people.'),
    }),
  })
  .meta({ id: 'Refusal', description: 'Why a request was not answered.' });

const meaning: Record<ErrorCode, string> = {
  'bad-request': 'The request does not have the expected form, or asks for what cannot be.',
  unauthenticated: 'Nobody is signed in, or the credential is not valid any more.',
  forbidden: 'One may not do this: the role, a right or the token’s scope is missing, or another site asked.',
  'not-found': 'It is not there, or not for who asks.',
  conflict: 'It is not in a state in which this can be done.',
  gone: 'It was there, and was deleted.',
  'too-large': 'The body has more than 1 MiB, or the file more than this server takes.',
  'unsupported-media-type': 'The body is not JSON.',
  unprocessable: 'The Idempotency-Key was used for another request.',
  'too-many-requests': 'One request too many for now: Retry-After says in how many seconds to go on.',
  unavailable:
    'The database or the file store does not answer, or has too much to do: Retry-After says in how many seconds to go on.',
};

const keyHeader = z.object({
  'Idempotency-Key': z
    .string()
    .min(1)
    .max(255)
    .optional()
    .describe(
      'Any text of the client’s, new for every new request. Whoever repeats the request with it within a day gets the first answer, and nothing is done twice.',
    ),
});

/** The codes that an operation may refuse with. */
function refusalsOf(method: Method, path: string, operation: Operation): ErrorCode[] {
  const changes = method !== 'get';
  const found: [ErrorCode, boolean][] = [
    [
      'bad-request',
      operation.body !== undefined || operation.query !== undefined || operation.repeatable === true,
    ],
    ['unauthenticated', operation.who !== 'anybody'],
    ['forbidden', operation.who !== 'anybody' || changes],
    ['not-found', path.includes('{')],
    ['too-large', operation.body !== undefined],
    ['unsupported-media-type', operation.body !== undefined],
    ['unprocessable', operation.repeatable === true],
    ['too-many-requests', changes],
    ['unavailable', true],
  ];
  const own = operation.refusals ?? [];
  return Object.keys(meaning).flatMap((code) =>
    [...own, ...found.flatMap(([of, given]) => (given ? of : []))].filter((of) => of === code).slice(0, 1),
  );
}

function refused(code: ErrorCode): ZodOpenApiResponseObject {
  return {
    description: meaning[code],
    ...(code === 'too-many-requests' || code === 'unavailable'
      ? { headers: z.object({ 'Retry-After': z.string() }) }
      : {}),
    content: { 'application/json': { schema: refusal } },
  };
}

function answered({ answer, status, answerDescription }: Operation): ZodOpenApiResponseObject {
  const description = answerDescription ?? (status === 201 ? 'Made.' : 'The answer.');
  if (answer === undefined) return { description, headers: z.object({ Location: z.string() }) };
  if (answer instanceof z.ZodType)
    return { description, content: { 'application/json': { schema: answer } } };
  const file = { schema: { type: 'string' as const } };
  return { description, content: Object.fromEntries(answer.map((type) => [type, file])) };
}

/** Of whom an operation asks a credential. */
function securityOf(who: Operation['who']): NonNullable<ZodOpenApiOperationObject['security']> {
  if (who === 'anybody') return [];
  if (who === 'session' || who === 'admin') return [{ session: [] }];
  return [{ session: [] }, { token: [who] }];
}

/** An operation as OpenAPI writes it. */
export function operationObject(
  tag: string,
  method: Method,
  path: string,
  operation: Operation,
): ZodOpenApiOperationObject {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const description = [
    operation.description,
    operation.who === 'admin' ? 'For administrators.' : undefined,
    ['anybody', 'session', 'admin'].includes(operation.who)
      ? undefined
      : `An API token needs the scope \`${operation.who}\`.`,
  ];
  return {
    tags: [tag],
    operationId: operationId(method, path),
    summary: operation.summary,
    description: description.filter(Boolean).join(' '),
    security: securityOf(operation.who),
    requestParams: {
      ...(names.length > 0
        ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) }
        : {}),
      ...(operation.query ? { query: operation.query } : {}),
      ...(operation.repeatable ? { header: keyHeader } : {}),
    },
    ...(operation.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: operation.body } } } }
      : {}),
    responses: {
      [`${operation.status ?? 200}`]: answered(operation),
      ...Object.fromEntries(
        refusalsOf(method, path, operation).map((code) => [httpStatus[code], refused(code)]),
      ),
    },
  };
}

/** `POST /imports/{id}/upload/parts` is postImportsIdUploadParts. */
function operationId(method: Method, path: string): string {
  const words = path.match(/\w+/g) ?? [];
  return method + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
