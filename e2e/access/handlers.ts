import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';

export const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
export type Method = (typeof methods)[number];
type Params = Record<string, string | string[]>;
type Run = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** One method of one route handler. */
export interface Handler {
  /** As `POST /api/v1/imports/[id]/start`. */
  name: string;
  method: Method;
  /** As in the file system: `/api/v1/imports/[id]/start`. */
  path: string;
  run: Run;
}

/** Every file of this name below app. */
async function filesNamed(pattern: RegExp): Promise<string[]> {
  const entries = await readdir('app', { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Every route handler that there is, found in the file system. */
export async function listHandlers(): Promise<Handler[]> {
  const found: Handler[] = [];
  for (const file of await filesNamed(/^route\.[jt]sx?$/)) {
    const module: Record<string, unknown> = await import(join(process.cwd(), file));
    const path = `/${relative('app', file).replace(/\/route\.\w+$/, '')}`.replace(/\/\([^)]*\)/g, '');
    for (const method of methods) {
      const run = module[method];
      if (typeof run !== 'function') continue;
      found.push({ name: `${method} ${path}`, method, path, run: async (...given) => run(...given) });
    }
  }
  return found;
}

/** Every page and layout. */
export const listPages = () => filesNamed(/^(page|layout|template|default|loading)\.[jt]sx?$/);

/** Asks a handler as Next does. `params` fill the brackets of its path. */
export function ask(
  { path, method, run }: Handler,
  params: Params,
  headers: Record<string, string>,
  body: unknown,
): Promise<Response> {
  const address = path.replace(/\[(?:\.\.\.)?(\w+)\]/g, (_, name: string) =>
    [params[name] ?? ''].flat().map(encodeURIComponent).join('/'),
  );
  const bodiless = method === 'GET' || method === 'HEAD';
  const request = new Request(`http://localhost:3000${address}`, {
    method,
    headers: {
      host: 'localhost:3000',
      origin: 'http://localhost:3000',
      ...(bodiless ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    body: bodiless ? undefined : JSON.stringify(body ?? {}),
  });
  return run(request, { params: Promise.resolve(params) });
}
