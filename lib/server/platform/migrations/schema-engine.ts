import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg'));

let loading: Promise<void> | undefined;

/** The package imports its .wasm as a module, which Node does not do: instantiate it by hand, once. */
async function load(): Promise<void> {
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
}

/**
 * The adapter splits a script at every semicolon, also inside a function's body. Sent whole, PostgreSQL parses it
 * itself and runs it in one transaction.
 */
class WholeScripts extends PrismaPg {
  private readonly opened: Awaited<ReturnType<PrismaPg['connect']>>[] = [];

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    this.opened.push(adapter);
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }

  /** The engine never closes what it opened; a connection left open would block a copy of the database. */
  async close(): Promise<void> {
    await Promise.all(this.opened.splice(0).map((adapter) => adapter.dispose()));
  }
}

/**
 * Has Prisma's own schema engine as WebAssembly do something: the same engine as the `prisma` command's, without
 * the binary that the command would download.
 * @param databaseUrl PostgreSQL connection string
 * @param schema content of schema.prisma
 */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: string,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  await (loading ??= load());
  const adapters = new WholeScripts(databaseUrl);
  const factory = bindMigrationAwareSqlAdapterFactory(adapters);
  const engine = await bindings.SchemaEngine.new(
    { datamodels: [['schema.prisma', schema]] },
    () => undefined,
    factory,
  );
  try {
    return await work(engine);
  } finally {
    engine.free();
    await adapters.close();
  }
}
