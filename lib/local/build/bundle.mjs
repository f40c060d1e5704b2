import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Locale data is a few lines of a package of 29 MB: they become part of the programs. */
const localeData = {
  name: 'locale-data',
  setup({ onResolve }) {
    onResolve({ filter: /^cldr-misc-full\// }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
    }));
  },
};

// Web server, worker, release step and doctor as plain files: no TypeScript loader in production, which costs 40 MB.
await build({
  entryPoints: {
    web: 'lib/server/http/server/main.ts',
    worker: 'worker/index.ts',
    migrate: 'lib/cli/migrate.ts',
    doctor: 'lib/cli/doctor.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  plugins: [localeData],
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  logLevel: 'warning',
});

// The library for spreadsheets of other formats is part of its script, which may read no other file.
await build({
  entryPoints: { convert: 'worker/read/foreign/convert.ts' },
  outdir: 'dist',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  logLevel: 'warning',
});
