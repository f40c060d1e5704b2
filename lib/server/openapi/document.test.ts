// Checks documents against the schema of the OpenAPI Initiative itself, which it carries with it.
import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from './document';

const document: Record<string, unknown> = JSON.parse(JSON.stringify(openApiDocument()));

it('is a valid OpenAPI 3.1 document', async () => {
  const { valid, errors } = await new Validator().validate(document);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const broken = await new Validator().validate({ ...document, paths: { '/x': { get: { responses: 1 } } } });
  expect(broken.valid).toBe(false);
});

it('has no operation twice, none without a summary, and no component that nothing uses', () => {
  const operation = z.object({ operationId: z.string(), summary: z.string().min(5) });
  const item = z.object({ servers: z.unknown().optional() }).catchall(operation);
  const paths = z.record(z.string(), item).parse(document.paths);
  const ids = Object.values(paths).flatMap(({ servers: _, ...methods }) =>
    Object.values(methods).map((value) => value.operationId),
  );
  const elsewhere = Object.entries(paths).filter(([, { servers }]) => servers !== undefined);
  expect(elsewhere.map(([path, { servers }]) => [path, servers])).toEqual([['/health', [{ url: '/api' }]]]);
  expect(ids.length).toBeGreaterThan(40);
  expect(new Set(ids).size).toBe(ids.length);
  const text = JSON.stringify(document);
  const { schemas } = z.object({ schemas: z.record(z.string(), z.unknown()) }).parse(document.components);
  for (const name of Object.keys(schemas)) expect(text).toContain(`"#/components/schemas/${name}"`);
});
