import { existsSync, statSync } from 'node:fs';
import { type Env, environmentProblems } from '../platform/env';
import { type Finding, fail, ok, warn } from './finding';

/** Whether every variable is there and makes sense. Anything that fails here makes further checks pointless. */
export function checkEnvironment(): Finding[] {
  const problems = environmentProblems();
  if (problems.length === 0) return [ok('Environment', 'every variable is set and makes sense.')];
  return problems.map(({ name, message, about }) =>
    fail('Environment', `${name}: ${message}.`, about || 'See .env.example.'),
  );
}

const local = /^(localhost|127(\.\d+){3}|\[::1\])$/;
const wellKnown = /^(postgres|password|secret|admin|minioadmin|changeme|sluice|test|example)$/i;

/** Secrets that everybody knows, and secrets or files that travel where others can read along. */
export function checkSecrets(env: Env): Finding[] {
  return [...sessionSecret(env), ...databaseSecrets(env), ...storeSecrets(env), ...environmentFile()];
}

/** A secret that was typed by a person has few different characters, or says what it is. */
function sessionSecret({ AUTH_SECRET }: Env): Finding[] {
  const todo = 'openssl rand -base64 32, the same on every web server. A new one ends all sessions.';
  if (!AUTH_SECRET)
    return [
      warn('AUTH_SECRET', 'it is not set. A worker does without it, the web server does not start.', todo),
    ];
  if (new Set(AUTH_SECRET).size < 12 || /secret|password|changeme|example/i.test(AUTH_SECRET))
    return [fail('AUTH_SECRET', 'it can be guessed, and with it anybody’s session be forged.', todo)];
  return [ok('AUTH_SECRET', 'is set and long enough.')];
}

function databaseSecrets({ DATABASE_URL }: Env): Finding[] {
  const { hostname, password, searchParams } = new URL(DATABASE_URL);
  const found: Finding[] = [];
  if (!local.test(hostname) && wellKnown.test(decodeURIComponent(password))) {
    found.push(
      warn(
        'Database password',
        'it is one that everybody tries first.',
        'Give the database user a random one.',
      ),
    );
  }
  const encrypted =
    searchParams.has('ssl') || /require|verify|no-verify/.test(searchParams.get('sslmode') ?? '');
  if (!local.test(hostname) && !encrypted) {
    found.push(
      warn(
        'Database connection',
        `DATABASE_URL does not ask for TLS, so rows may travel readably to ${hostname}.`,
        'Add sslmode=verify-full to DATABASE_URL (or set PGSSLMODE), unless the network between is yours alone.',
      ),
    );
  }
  return found.length > 0 ? found : [ok('Database secrets', 'nothing to say against them.')];
}

function storeSecrets({
  S3_ENDPOINT,
  S3_PUBLIC_ENDPOINT,
  S3_ACCESS_KEY_ID,
  S3_SECRET_ACCESS_KEY,
}: Env): Finding[] {
  const found: Finding[] = [];
  if (Boolean(S3_ACCESS_KEY_ID) !== Boolean(S3_SECRET_ACCESS_KEY)) {
    const [set, unset] = S3_ACCESS_KEY_ID
      ? ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY']
      : ['S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID'];
    found.push(
      fail('Store key', `${set} is set but ${unset} is not, so both are ignored.`, 'Set both, or neither.'),
    );
  }
  for (const address of new Set([S3_ENDPOINT, S3_PUBLIC_ENDPOINT])) {
    if (!address?.startsWith('http:') || local.test(new URL(address).hostname)) continue;
    found.push(
      warn(
        'Store connection',
        `files and signed addresses travel readably to ${new URL(address).host} (http).`,
        'Use an https address, unless the network between is yours alone.',
      ),
    );
  }
  const guessable = [S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY].some(
    (value) => value !== undefined && wellKnown.test(value),
  );
  if (guessable)
    found.push(warn('Store key', 'it is one that everybody tries first.', 'Make a key for Sluice alone.'));
  return found.length > 0 ? found : [ok('Store secrets', 'nothing to say against them.')];
}

function environmentFile(): Finding[] {
  if (!existsSync('.env') || process.platform === 'win32') return [];
  const others = statSync('.env').mode & 0o077;
  if (others === 0) return [ok('File .env', 'only its owner can read it.')];
  return [warn('File .env', 'others on this machine can read it.', 'chmod 600 .env')];
}

/** What of the environment must never be shown. */
export function secretsOf(env: Partial<Env>): string[] {
  const url = env.DATABASE_URL;
  const password = url && URL.canParse(url) ? decodeURIComponent(new URL(url).password) : undefined;
  const secrets = [env.AUTH_SECRET, env.OIDC_CLIENT_SECRET, env.S3_ACCESS_KEY_ID, env.S3_SECRET_ACCESS_KEY];
  // A password that everybody knows is no secret, and may be a word of every other line.
  return [url, password, ...secrets].flatMap((value) => (value && !wellKnown.test(value) ? [value] : []));
}
