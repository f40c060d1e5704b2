import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { methods } from '../e2e/access/handlers';

const schema = z.record(z.string(), z.unknown());
const content = z.record(z.string(), z.object({ schema })).optional();
const parameter = z.object({
  in: z.enum(['path', 'query', 'header']),
  name: z.string(),
  required: z.boolean().optional(),
  schema,
});
const operation = z.object({
  operationId: z.string(),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  parameters: z.array(parameter).default([]),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema }) }) }).optional(),
  responses: z.record(z.string(), z.object({ description: z.string(), content })),
});
const servers = z.tuple([z.object({ url: z.string() })]);
const documentShape = z.object({
  openapi: z.string(),
  servers,
  paths: z.record(
    z.string(),
    z.strictObject({ servers, get: operation, post: operation, put: operation, delete: operation }).partial(),
  ),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

export type JsonSchema = z.infer<typeof schema>;

/** One operation of the document, as tests ask it. */
export interface Documented extends z.infer<typeof operation> {
  /** As `POST /api/v1/imports/[id]/start`, like the handler. */
  name: string;
  method: (typeof methods)[number];
  /** As `/api/v1/imports/{id}/start`. */
  path: string;
}

/** The OpenAPI document, as a stranger who was given it reads it. */
export class ApiDocument {
  readonly operations: Documented[];
  private readonly ajv = new Ajv({ strict: false, allErrors: true });

  constructor(private readonly document: z.infer<typeof documentShape>) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'document', components: document.components });
    this.operations = Object.entries(document.paths).flatMap(([key, { servers: own, ...item }]) => {
      const path = `${(own ?? document.servers)[0].url}${key}`;
      return Object.entries(item).map(([lower, schema]) => {
        const method = z.enum(methods).parse(lower.toUpperCase());
        return { ...schema, name: `${method} ${path.replace(/\{(\w+)\}/g, '[$1]')}`, method, path };
      });
    });
  }

  static parse(document: unknown): ApiDocument {
    return new ApiDocument(documentShape.parse(document));
  }

  /** The operation of this name. */
  operation(name: string): Documented {
    const found = this.operations.find((schema) => schema.name === name);
    if (!found) throw new Error(`The document has no ${name}.`);
    return found;
  }

  /** A schema with what it refers to put in its place. */
  resolve(schema: JsonSchema): JsonSchema {
    const reference =
      typeof schema.$ref === 'string' ? /^#\/components\/schemas\/(\w+)$/.exec(schema.$ref)?.[1] : undefined;
    return reference === undefined ? schema : this.resolve(this.document.components.schemas[reference] ?? {});
  }

  /** What an answer has that the document does not say of it, or an empty text. */
  deviation(schema: Documented, status: number, type: string | null, text: string): string {
    const said = schema.responses[String(status)];
    if (!said) return `${schema.name} answered ${status}, which is not documented: ${text.slice(0, 300)}`;
    if (!said.content)
      return text === '' ? '' : `${schema.name} answered ${status} with a body: ${text.slice(0, 300)}`;
    const media = (type ?? '').split(';')[0] ?? '';
    const described = said.content[media];
    if (!described) return `${schema.name} answered ${status} as “${type}”`;
    if (media !== 'application/json') return '';
    // An export of rows is a file, whatever is in it.
    if (described.schema.type === 'string') return '';
    return this.misfit(
      described.schema,
      JSON.parse(text),
      `${schema.name} answered ${status} ${text.slice(0, 500)}`,
    );
  }

  /** In what a value does not fit a schema, or an empty text. */
  misfit(schema: JsonSchema, value: unknown, what: string): string {
    // Components are found in the document, by the way they are written there.
    const absolute = JSON.parse(
      JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/'),
    );
    const fits = this.ajv.compile(absolute);
    return fits(value) ? '' : `${what}: ${this.ajv.errorsText(fits.errors)}`;
  }
}
