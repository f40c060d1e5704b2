/**
 * Writes lib/shared/api/paths.ts: what the API takes and answers, as types, from the OpenAPI document.
 * With --check it only compares, and ends with 1 where the file is out of date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { openApiDocument } from '@/lib/server/openapi/document';

const path = 'lib/shared/api/paths.ts';
const head = `// Written by “npm run types:api” from the OpenAPI document of lib/server/openapi: change that, and write this anew.\n\n`;

// openapi-typescript builds its output with the compiler's own API, which TypeScript 7 does not have yet
// (openapi-ts/openapi-typescript#2841). It is given the last one that does, as ts-morph has it in a file: a second
// package of the compiler's would fight with the first over what `tsc` is.
const compiler = '@ts-morph/common/dist/typescript.js';
registerHooks({
  resolve: (specifier, context, next) => next(specifier === 'typescript' ? compiler : specifier, context),
});
const { default: openapiTS, astToString } = await import('openapi-typescript');

/** Prose and refusals are left out: every refusal has one form, and the file would be two and a half times as long. */
const document: Parameters<typeof openapiTS>[0] = JSON.parse(
  JSON.stringify(openApiDocument(), (key, value: unknown) => {
    if ((key === 'description' || key === 'summary') && typeof value === 'string') return undefined;
    if (key !== 'responses' || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).filter(([status]) => Number(status) < 400));
  }),
);

const text = head + astToString(await openapiTS(document));
if (!process.argv.includes('--check')) await writeFile(path, text);
else if (text !== (await readFile(path, 'utf8'))) {
  process.stderr.write(`${path} is out of date: run “npm run types:api”.\n`);
  process.exitCode = 1;
}
