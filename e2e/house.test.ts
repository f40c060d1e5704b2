import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryVariables, webLimits, workerLimits } from '@/lib/local/processes/process-limits';
import { version } from '@/lib/shared/version';
import { configurationTable, environmentExample } from '../testing/configuration';
import { statusWrites } from './status-writes';

/**
 * The rules of this house. A rule that a file has to break is broken here, by name and with the reason, and
 * nowhere else.
 */

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const isCode = (path: string) => /\.(ts|tsx|mts|mjs)$/.test(path);
const isTest = (path: string) => /\.(test|spec)\.tsx?$/.test(path) || /\/testing\//.test(path);
const code = tracked.filter(isCode);
const product = code.filter((path) => /^(app|components|lib|worker|prisma)\//.test(path) && !isTest(path));
const read = (path: string) => readFileSync(path, 'utf8');

interface Import {
  from: string;
  /** A path in this repository without its ending, or a package's name. */
  to: string;
  typeOnly: boolean;
}

/** The imports and re-exports of a file, static and dynamic. */
function importsOf(path: string): Import[] {
  const statement =
    /^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...read(path).matchAll(statement)].map((found) => {
    const specifier = found[2] ?? found[3] ?? found[4] ?? '';
    const to = specifier.startsWith('@/')
      ? specifier.slice(2)
      : specifier.startsWith('.')
        ? normalize(join(dirname(path), specifier))
        : specifier;
    return { from: path, to, typeOnly: found[1] !== undefined };
  });
}

const imports = product.flatMap(importsOf);
const room = (path: string) => path.split('/')[0] ?? '';
/** Packages that run in browsers as well. */
const packagesInBrowser = /^(zod|chardet|cldr-misc-full|openapi-fetch)(\/|$)/;
const rooms = ['app', 'components', 'lib', 'worker', 'prisma', 'testing', 'e2e', 'bench'];

/** Imports that break a rule, each as a line that says what and where. */
function breaking(rule: (imported: Import) => boolean): string[] {
  return imports.filter(rule).map(({ from, to }) => `${from} imports ${to}`);
}

/** Product files with a line that matches, but for those excused with a reason. */
function withLine(pattern: RegExp, excused: Record<string, string>): string[] {
  return product.filter((path) => !(path in excused) && pattern.test(read(path)));
}

describe('imports point one way', () => {
  /** Folders from the ground up: what is in one may import from those before it, and from no other. */
  const floors = [
    'lib/shared',
    'lib/shared/formats',
    'lib/shared/schema',
    'lib/shared/csv',
    'lib/shared/columns',
    'lib/shared/inspect',
    'lib/server/platform',
    'lib/server/audit',
    'lib/server/identity',
    'lib/server/http',
    'lib/server/datasets',
    'lib/server/imports',
    'lib/server/openapi',
    'lib/server/doctor',
    'lib/local',
    'lib/cli',
    'worker/read',
    'worker/stage',
    'worker/check',
    'worker/review',
    'worker/resolve',
    'worker/publish',
    'worker/jobs',
    'worker/sweep',
    'worker',
  ];
  /** The deepest of the folders that a file is in; -1 for what is in none (app, components, packages). */
  const floorOf = (path: string) =>
    floors.reduce((best, folder, i) => {
      if (!path.startsWith(`${folder}/`)) return best;
      return best === -1 || folder.length > (floors[best] ?? '').length ? i : best;
    }, -1);

  it('finds imports at all', () => {
    expect(imports.length).toBeGreaterThan(300);
    expect(imports.some(({ from, to }) => from.startsWith('app/') && to.startsWith('lib/server/'))).toBe(
      true,
    );
  });

  it('every file of lib and worker has its folder', () => {
    expect(product.filter((path) => /^(lib|worker)\//.test(path) && floorOf(path) === -1)).toEqual([]);
    expect(product.filter((path) => /^lib\/[^/]+$|^lib\/server\/[^/]+$/.test(path))).toEqual([]);
  });

  it('from the ground up', () => {
    expect(breaking(({ from, to }) => floorOf(from) !== -1 && floorOf(to) > floorOf(from))).toEqual([]);
    expect(breaking(({ from, to }) => floorOf(from) !== -1 && /^(app|components)\//.test(to))).toEqual([]);
  });

  it('pages and handlers see the server, components only what is safe in a browser', () => {
    const outside = /^(lib\/local|lib\/cli|worker)\//;
    expect(breaking(({ from, to }) => room(from) === 'app' && outside.test(to))).toEqual([]);
    expect(
      breaking(
        ({ from, to }) =>
          room(from) === 'components' && rooms.includes(room(to)) && !/^(components|lib\/shared)\//.test(to),
      ),
    ).toEqual([]);
    expect(breaking(({ from, to }) => room(from) === 'components' && to.startsWith('node:'))).toEqual([]);
  });

  it('lib/shared needs nothing that a browser lacks', () => {
    const inside = imports.filter(({ from, typeOnly }) => from.startsWith('lib/shared/') && !typeOnly);
    expect(inside.length).toBeGreaterThan(50);
    expect(inside.filter(({ to }) => !to.startsWith('lib/shared/') && !packagesInBrowser.test(to))).toEqual(
      [],
    );
    // zod compiles code, which the policy of pages forbids: these schemas stay on the server, their types do not.
    expect(
      breaking(
        ({ from, to, typeOnly }) =>
          room(from) === 'components' && !typeOnly && to === 'lib/shared/schema/user/users',
      ),
    ).toEqual([]);
  });

  it('in no circle of files, types included', () => {
    const files = new Set(code.map((path) => path.replace(/\.(ts|tsx|mts|mjs)$/, '')));
    const needs = new Map<string, string[]>();
    for (const path of code) {
      const own = path.replace(/\.(ts|tsx|mts|mjs)$/, '');
      needs.set(
        own,
        [...new Set(importsOf(path).map(({ to }) => to))].filter((to) => files.has(to)),
      );
    }
    // Whoever needs nothing that is left can be in no circle, and leaves.
    for (let before = -1; before !== needs.size; ) {
      before = needs.size;
      for (const [path, others] of needs) if (!others.some((other) => needs.has(other))) needs.delete(path);
    }
    const circled = [...needs].flatMap(([path, others]) =>
      others.filter((other) => needs.get(other)?.includes(path)).map((other) => `${path} and ${other}`),
    );
    expect(circled).toEqual([]);
    expect([...needs.keys()]).toEqual([]);
  });

  it('a file has at most about a dozen neighbours, and nothing of the product imports what only tests need', () => {
    expect(breaking(({ to }) => /\/testing\/|^(testing|e2e|bench)\//.test(to))).toEqual([]);
    const support = tracked.filter((path) => path.startsWith('testing/') && isCode(path));
    expect(support.length).toBeGreaterThan(5);
    expect(support.flatMap(importsOf).filter(({ to }) => /^worker\/|\/testing\//.test(to))).toEqual([]);
  });
});

describe('one reader per outside thing', () => {
  it('only lib/server/platform/env.ts reads process.env', () => {
    expect(
      withLine(/\bprocess\.env\b/, {
        'lib/server/platform/env.ts': 'the reader',
        'lib/local/bring-up.ts': 'passes the environment on to the processes that it starts',
        'lib/cli/api/connect.ts': 'quietens the processes that it starts',
      }),
    ).toEqual([]);
  });

  it('only lib/server/platform/storage knows the S3 SDK', () => {
    expect(
      breaking(
        ({ from, to }) => to.startsWith('@aws-sdk/') && !from.startsWith('lib/server/platform/storage/'),
      ),
    ).toEqual([]);
  });

  it('only lib/server/platform/db says when PostgreSQL uses indexes', () => {
    expect(withLine(/enable_(seqscan|bitmapscan|memoize)/, {})).toEqual([
      'lib/server/platform/db/index-order.ts',
    ]);
  });

  it('only lib/server/platform/db makes clients', () => {
    expect(
      withLine(/new (PrismaClient|pg\.(Client|Pool))\b/, {
        'lib/server/platform/db/client.ts': 'the maker',
        'lib/server/platform/db/listen.ts': 'LISTEN needs a connection that it keeps for itself',
        'lib/local/postgres/administrator.ts': 'is the administrator of the embedded database',
      }),
    ).toEqual([]);
  });
});

describe('an import’s status', () => {
  it('is changed by one function alone', () => {
    const found = product.flatMap((path) =>
      statusWrites(read(path), path.endsWith('x') ? 'tsx' : 'ts').map((what) => `${path}: ${what}`),
    );
    expect(found).toEqual([
      // Figures of a reader have types of their own, and what goes along with a transition none with a status.
      'lib/server/imports/progress/record.ts: figures',
      'lib/server/imports/transition.ts: data',
      'lib/server/imports/transition.ts: status',
      'lib/server/imports/transition.ts: data',
    ]);
  });

  it.each([
    ["tx.import.update({ where, data: { a: { b: 1 }, status: 'FAILED' } })", ['status']],
    ['const status = next; tx.import.update({ where, data: { status, a } })', ['status']],
    ["tx.import.update({ where, data: { 'status': next } })", ['status']],
    ['db().import.updateMany({ where, data: ok ? { a } : { ...(b && { status: next }) } })', ['status']],
    [
      'const data = { a, ...more }; const more = { status: to }; tx.import.update({ where, data })',
      ['status'],
    ],
    ['const data: Change = { a }; data.status = to; tx.import.update({ where, data })', ['status']],
    ["const all = { where, data: { status: 'UNDONE' } }; tx['import'].updateManyAndReturn(all)", ['status']],
    ['tx.import.upsert({ where, create: { a }, update: { status } as Change })', ['status']],
    ['tx.$executeRaw`update "Import" set "a" = 1, "status" = $' + '{to} where "id" = 1`', ['status']],
    ['tx.import.update({ where, data: { [name]: to } })', ['[name]: to']],
    ['tx.import.update({ where, data: change(to) })', ['change(to)']],
    ['function set(data: Change) { return tx.import.update({ where, data }); }', ['data']],
    ['const imports = tx.import; imports.update({ data: { status } })', ['imports = tx.import']],
    ["tx.import.updateMany({ where: { status: 'REVIEW' }, data: { a } })", []],
    ['tx.$executeRaw`update "Import" set "a" = 1 where "status" = $' + '{to}`', []],
    ['tx.dataset.update({ where, data: { status } })', []],
  ])('is found where it is written: %s', (source, found) => {
    expect(statusWrites(source)).toEqual(found);
  });
});

describe('nothing is said twice differently', () => {
  it('.env.example is what lib/server/platform/env.ts says', () => {
    expect(read('.env.example')).toBe(environmentExample());
  });

  it('docs/operate/configuration.md has the table of lib/server/platform/env.ts', () => {
    // The formatter pads the cells of tables.
    const squeeze = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---').trim();
    const table = /\| variable .*\n(?:\|.*\n)*/.exec(read('docs/operate/configuration.md'))?.[0] ?? '';
    expect(squeeze(table)).toBe(squeeze(configurationTable()));
  });

  it('every “npm run …” that is mentioned exists', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const places = tracked.filter(
      (path) =>
        /^(README\.md|Procfile|app\.json|vercel\.json|Dockerfile|compose\.yaml|\.ci\/run|docs\/.*\.md)$/.test(
          path,
        ) ||
        (isCode(path) && path !== 'e2e/house.test.ts'),
    );
    const missing = places.flatMap((path) =>
      [...read(path).matchAll(/npm run (?:--silent )?([a-z][a-z:]*)/g)]
        .filter(([, name = '']) => !(name in scripts))
        .map(([command]) => `${path}: ${command}`),
    );
    expect(missing).toEqual([]);
    expect(places).toContain('Procfile');
  });

  it('a script that loads the database client makes it first: a fresh clone has none', () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(read('package.json')));
    const direct = (path: string): string[] =>
      [...read(path).matchAll(/^(?:import|export)\s+(?!type\s)(?:[^'"`;]*?from\s+)?'([^']+)'/gm)].flatMap(
        ([, to = '']) => {
          const target = to.startsWith('@/') ? to.slice(2) : normalize(join(dirname(path), to));
          if (target.includes('db/generated')) return [target];
          return [`${target}.ts`, `${target}.tsx`].filter((file) => existsSync(file));
        },
      );
    const loads = (start: string): boolean => {
      const seen = new Set([start]);
      for (const path of seen) {
        if (path.includes('db/generated')) return true;
        for (const next of direct(path)) seen.add(next);
      }
      return false;
    };
    const needing = Object.entries(scripts).filter(([, command]) => {
      const file = /--import tsx (\S+\.ts)/.exec(command)?.[1];
      return file ? loads(file) : /\b(vitest|playwright) /.test(command);
    });
    expect(needing.map(([name]) => name)).toEqual(
      expect.arrayContaining(['bench', 'migrate', 'test:faults']),
    );
    const without = needing.filter(([, command]) => !command.includes('npm run --silent generate'));
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('every number of docs/develop/inputs.md is in the name of a test, and the other way round', () => {
    const numbers = [...read('docs/develop/inputs.md').matchAll(/^\| *(\d+) *\|/gm)].map(([, n]) =>
      Number(n),
    );
    const named = tracked
      .filter((path) => /\.(test|spec)\.ts$/.test(path) && path !== 'e2e/house.test.ts')
      .flatMap((path) => [...read(path).matchAll(/#([1-9]\d?)(?=[ ,’'])/g)].map(([, n]) => Number(n)));
    expect(numbers.length).toBeGreaterThan(80);
    expect([...new Set(named)].sort((a, b) => a - b)).toEqual(numbers);
  });

  it('the prefix of the API is said by lib/shared/api/prefix.ts alone', () => {
    expect(withLine(/\/api\/v\d/, {})).toEqual(['lib/shared/api/prefix.ts']);
  });

  it('lib/shared/api/paths.ts has the types of the OpenAPI document', () => {
    const check = [process.execPath, '--import', 'tsx', 'lib/local/api-types.ts', '--check'] as const;
    const { status, stderr } = spawnSync(check[0], check.slice(1), { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('the version is that of package.json', () => {
    expect(version).toBe(JSON.parse(read('package.json')).version);
  });

  it('web, worker and release are started by the same command, with node itself, wherever they are', () => {
    const { scripts } = JSON.parse(read('package.json'));
    const variables = Object.entries(memoryVariables).map(([name, value]) => `${name}=${value}`);
    const bounded = (limits: string[], file: string) =>
      `env ${variables.join(' ')} node ${limits.join(' ')} ${file}`;
    const commands = {
      release: 'node dist/migrate.mjs',
      web: bounded(webLimits, 'dist/web.mjs'),
      worker: bounded(workerLimits, 'dist/worker.mjs'),
    };
    expect(read('Procfile')).toBe(
      Object.entries(commands)
        .map(([name, command]) => `${name}: ${command}\n`)
        .join(''),
    );
    for (const [name, command] of Object.entries(commands)) {
      expect(scripts[name]).toBe(`exec ${command}`);
      expect(read('compose.yaml')).toContain(`\n    command: ${command}\n`);
      expect(read('docs/operate/deploy.md')).toContain(`\`npm run ${name}\``);
    }
    expect(read('Dockerfile')).toContain(`\nCMD ${JSON.stringify(commands.web.split(' '))}\n`);
  });

  it('README and docs link to what is there', () => {
    const pages = tracked.filter((path) => /^[A-Z]+\.md$|^docs\/.*\.md$/.test(path));
    const dead = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)]
        .map(([, target = '']) => normalize(join(dirname(page), target)))
        .filter((target) => !existsSync(target) || target === page),
    );
    expect(dead).toEqual([]);
    // A path as the words of a link is from the repository's root.
    const words = pages.flatMap((page) =>
      [...read(page).matchAll(/\[`?((?:docs|lib|worker|e2e)\/[^\]`]*)`?\]\(/g)].map(([, path = '']) => path),
    );
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('every failure reason of the database is one of the product, and the other way round', async () => {
    const { failureReasons } = await import('@/lib/shared/schema/import/failure');
    const block = /enum FailureReason \{([^}]*)\}/.exec(read('prisma/schema.prisma'))?.[1] ?? '';
    expect(block.trim().split(/\s+/)).toEqual([...failureReasons]);
  });
});

describe('the repository', () => {
  it('names no registry in its lock file, and what each package has to be', () => {
    expect(read('package-lock.json')).not.toContain('"resolved"');
    const { packages } = z
      .object({ packages: z.record(z.string(), z.object({ integrity: z.string().optional() })) })
      .parse(JSON.parse(read('package-lock.json')));
    const unpinned = Object.entries(packages).filter(([name, { integrity }]) => name !== '' && !integrity);
    expect(unpinned.map(([name]) => name)).toEqual([]);
    expect(Object.keys(packages).length).toBeGreaterThan(100);
  });

  it('has one compiler that is called tsc', () => {
    const { packages } = z
      .object({
        packages: z.record(z.string(), z.object({ bin: z.record(z.string(), z.string()).optional() })),
      })
      .parse(JSON.parse(read('package-lock.json')));
    const compilers = Object.entries(packages).filter(([, { bin }]) => bin?.tsc !== undefined);
    expect(compilers.map(([name]) => name)).toEqual(['node_modules/typescript']);
  });

  it('asks for the same Node everywhere, and looks before it starts', () => {
    const { engines, scripts, devDependencies } = JSON.parse(read('package.json'));
    const major = Number.parseInt(engines.node, 10);
    expect(engines.node).toBe(`${major}.x`);
    expect(devDependencies.node).toMatch(new RegExp(`^${major}\\.`));
    expect(read('.nvmrc').trim()).toBe(String(major));
    expect(read('README.md')).toContain(`Sluice runs on Node ${major}.`);
    expect(read('lib/local/build/bundle.mjs')).toContain(`target: 'node${major}'`);
    const images = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image);
    expect(new Set(images)).toEqual(new Set([`node:${major}-slim`]));
    // Heroku takes it from “engines”.
    expect(read('app.json')).toContain('"heroku/nodejs"');
    for (const name of ['start', 'dev', 'build', 'test']) {
      expect(scripts[`pre${name}`]).toBe('node lib/local/check-node.cjs');
    }
  });

  it('needs nothing beside itself, but for tests', () => {
    const beside = tracked.filter(
      (path) =>
        !isTest(path) &&
        /\.(ts|tsx|mjs|json|md|ya?ml)$/.test(path) &&
        /\.\.\/shared\/(corpus|cases|s3|[A-Z])/.test(read(path)),
    );
    expect(beside).toEqual([]);
  });

  it('has no “any” and silences neither compiler nor linter', () => {
    expect(JSON.parse(read('biome.json')).linter.rules.suspicious.noExplicitAny).toBe('error');
    const silenced = code.filter(
      (path) =>
        path !== 'e2e/house.test.ts' && /@ts-(?:ignore|nocheck|expect-error)|noExplicitAny/.test(read(path)),
    );
    expect(silenced).toEqual([]);
    const ignoring = product.filter((path) => /biome-ignore(?! \S+: \S)/.test(read(path)));
    expect(ignoring).toEqual([]);
  });

  it('has no room for leftovers and no barrels', () => {
    expect(tracked.filter((path) => /(^|\/)(utils?|helpers?|common|misc)(\/|\.tsx?$)/.test(path))).toEqual(
      [],
    );
    const barrels = code.filter(
      (path) => /(^|\/)index\.tsx?$/.test(path) && /^export (\*|\{[^}]*\}) from/m.test(read(path)),
    );
    expect(barrels).toEqual([]);
  });
});
