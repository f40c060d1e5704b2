/** As much of OpenAPI 3.1 as this server's own document uses (lib/server/openapi). */
export interface ApiDocument {
  info: { version: string; description: string };
  tags: { name: string; description: string }[];
  servers: ApiServer[];
  paths: Record<string, Partial<Record<Method, ApiOperation>> & { servers?: ApiServer[] }>;
  components: { schemas: Record<string, ApiSchema> };
}

interface ApiServer {
  url: string;
}

export const methods = ['get', 'post', 'put', 'delete'] as const;
export type Method = (typeof methods)[number];

export interface ApiOperation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: ApiSchema }[];
  requestBody?: { content: Record<string, { schema?: ApiSchema }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: ApiSchema }> }>;
}

export interface ApiSchema {
  $ref?: string;
  type?: string | string[];
  description?: string;
  properties?: Record<string, ApiSchema>;
  required?: string[];
  items?: ApiSchema;
  enum?: unknown[];
  const?: unknown;
  anyOf?: ApiSchema[];
  oneOf?: ApiSchema[];
  allOf?: ApiSchema[];
  format?: string;
  default?: unknown;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  maxItems?: number;
}

/** The name of the schema that is referred to; null: it is written in place. */
export function nameOf({ $ref }: ApiSchema): string | null {
  return $ref?.split('/').at(-1) ?? null;
}

/** A schema's type in a few words: “array of Import”, “"DMY" or "MDY"”. */
export function typeWords(schema: ApiSchema): string {
  const name = nameOf(schema);
  if (name !== null) return name;
  const choices = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choices) return [...new Set(choices.map(typeWords))].join(' or ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' or ');
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? 'any'];
  return types
    .map((type) => {
      if (type === 'array' && schema.items) return `array of ${typeWords(schema.items)}`;
      return type === 'string' && schema.format ? `string (${schema.format})` : type;
    })
    .join(' or ');
}

/** The names of the schemas that a schema's type refers to itself, without those of its properties. */
export function namesIn(schema: ApiSchema): string[] {
  const name = nameOf(schema);
  if (name !== null) return [name];
  const inside = [
    ...(schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return [...new Set(inside.flatMap(namesIn))];
}

/** The objects written in place of which a schema consists: itself, its alternatives, what its list holds. */
export function objectsIn(schema: ApiSchema): ApiSchema[] {
  if (schema.properties) return [schema];
  const inside = [
    ...(schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []),
    ...(schema.items ? [schema.items] : []),
  ];
  return inside.flatMap(objectsIn);
}

/** What a value is limited to, in a few words. */
export function limitWords({ default: fallback, minimum, maximum, maxLength, maxItems }: ApiSchema): string {
  const said = [
    fallback !== undefined && `default ${JSON.stringify(fallback)}`,
    minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER && `at least ${minimum}`,
    maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER && `at most ${maximum}`,
    maxLength !== undefined && `at most ${maxLength} characters`,
    maxItems !== undefined && `at most ${maxItems} items`,
  ];
  return said.filter((part) => typeof part === 'string').join(', ');
}
