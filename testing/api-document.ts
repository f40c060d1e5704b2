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
const documentShape = z.object({
  openapi: z.string(),
  paths: z.record(z.string(), z.partialRecord(z.enum(['get', 'post', 'put', 'delete']), operation)),
  components: z.object({ schemas: z.record(z.string(), schema) }),
});

export type JsonSchema = z.infer<typeof schema>;

/** One operation of the document, as tests ask it. */
export interface Documented extends z.infer<typeof operation> {
  /** As `POST /api/imports/[id]/start`, like the handler. */
  name: string;
  method: (typeof methods)[number];
  /** As `/api/imports/{id}/start`. */
  path: string;
}

/** The OpenAPI document, as a stranger who was given it reads it. */
export class ApiDocument {
  readonly operations: Documented[];
  private readonly ajv = new Ajv({ strict: false, allErrors: true });

  constructor(private readonly document: z.infer<typeof documentShape>) {
    addFormats(this.ajv);
    this.ajv.addSchema({ $id: 'document', components: document.components });
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([lower, it]) => {
        const method = z.enum(methods).parse(lower.toUpperCase());
        return { ...it, name: `${method} ${path.replace(/\{(\w+)\}/g, '[$1]')}`, method, path };
      }),
    );
  }

  static parse(document: unknown): ApiDocument {
    return new ApiDocument(documentShape.parse(document));
  }

  /** The operation of this name. */
  operation(name: string): Documented {
    const found = this.operations.find((it) => it.name === name);
    if (!found) throw new Error(`The document has no ${name}.`);
    return found;
  }

  /** A schema with what it refers to put in its place. */
  resolve(it: JsonSchema): JsonSchema {
    const reference =
      typeof it.$ref === 'string' ? /^#\/components\/schemas\/(\w+)$/.exec(it.$ref)?.[1] : undefined;
    return reference === undefined ? it : this.resolve(this.document.components.schemas[reference] ?? {});
  }

  /** What an answer has that the document does not say of it, or an empty text. */
  deviation(it: Documented, status: number, type: string | null, text: string): string {
    const said = it.responses[String(status)];
    if (!said) return `${it.name} answered ${status}, which is not documented: ${text.slice(0, 300)}`;
    if (!said.content)
      return text === '' ? '' : `${it.name} answered ${status} with a body: ${text.slice(0, 300)}`;
    const media = (type ?? '').split(';')[0] ?? '';
    const described = said.content[media];
    if (!described) return `${it.name} answered ${status} as “${type}”`;
    if (media !== 'application/json') return '';
    // An export of rows is a file, whatever is in it.
    if (described.schema.type === 'string') return '';
    return this.misfit(
      described.schema,
      JSON.parse(text),
      `${it.name} answered ${status} ${text.slice(0, 500)}`,
    );
  }

  /** In what a value does not fit a schema, or an empty text. */
  misfit(it: JsonSchema, value: unknown, what: string): string {
    // Components are found in the document, by the way they are written there.
    const absolute = JSON.parse(JSON.stringify(it).replaceAll('"#/components/', '"document#/components/'));
    const fits = this.ajv.compile(absolute);
    return fits(value) ? '' : `${what}: ${this.ajv.errorsText(fits.errors)}`;
  }
}
