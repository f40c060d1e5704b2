import { existsSync } from 'node:fs';
import { z } from 'zod';
import { GiB } from '@/lib/shared/bytes';
import { isProxySetting } from './trusted-proxies';

const flag = z.enum(['true', 'false', '1', '0']).transform((v) => v === 'true' || v === '1');

const portWords = 'a whole number from 0 to 65535 is needed';

/** Every variable that Sluice reads, with the sentence that .env.example carries. */
export const variables = {
  DATABASE_URL: z
    .url()
    .describe(
      'PostgreSQL connection string. Unset together with S3_BUCKET: everything runs embedded in .sluice/.',
    ),
  DATABASE_POOL: z.coerce
    .number()
    .int()
    .min(3)
    .default(8)
    .describe(
      'Database connections a process may open for queries. The queue and progress take up to 4 more.',
    ),
  DATABASE_DISTRIBUTED: z
    .enum(['citus'])
    .optional()
    .describe(
      'citus: DATABASE_URL is the coordinator of a Citus cluster, and each dataset goes to one of its servers. Set on workers and the release step.',
    ),
  S3_BUCKET: z.string().min(3).describe('Bucket that uploaded files go to.'),
  S3_REGION: z.string().default('us-east-1').describe('Region of the bucket.'),
  S3_ENDPOINT: z.url().optional().describe('Address of an S3-compatible store (R2, MinIO, …). Unset: AWS.'),
  S3_PUBLIC_ENDPOINT: z
    .url()
    .optional()
    .describe('The same store as browsers reach it, where that differs from S3_ENDPOINT.'),
  S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe('Access key. Unset: the AWS SDK looks in its usual places.'),
  S3_SECRET_ACCESS_KEY: z.string().optional().describe('Secret of that key.'),
  S3_FORCE_PATH_STYLE: flag.default(false).describe('true for stores that take the bucket in the path.'),
  PORT: z.coerce
    .number(portWords)
    .int(portWords)
    .min(0, portWords)
    .max(65535, portWords)
    .default(3000)
    .describe('Port of the web server.'),
  HOST: z
    .string()
    .optional()
    .describe(
      'Address to listen on. Unset: npm start lets in this machine only, npm run web others as well. 0.0.0.0: all.',
    ),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe(
      'Address at which people open Sluice, e.g. https://sluice.example.com. Needed for OIDC_ISSUER.',
    ),
  TRUST_PROXY: z
    .string()
    .default('false')
    .refine(isProxySetting, 'It names no proxies')
    .describe(
      'Proxies whose X-Forwarded-For, -Proto and -Host are believed: how many (1 on Heroku), or addresses and subnets (loopback, 10.0.0.0/8).',
    ),
  AUTH_SECRET: z
    .string()
    .min(32, 'It has to have at least 32 characters')
    .optional()
    .describe(
      'Signs sessions: 32 random characters or more (openssl rand -base64 32), the same on every web server. npm start keeps its own in SLUICE_DIR.',
    ),
  OIDC_ISSUER: z
    .url()
    .optional()
    .describe('Single sign-on: the address of your OpenID Connect provider. Unset: passwords only.'),
  OIDC_CLIENT_ID: z.string().optional().describe('Client id that the provider gave Sluice.'),
  OIDC_CLIENT_SECRET: z.string().optional().describe('Secret of that client.'),
  OIDC_NAME: z.string().default('single sign-on').describe('What the button says: “Sign in with …”.'),
  OIDC_SIGN_UP: z
    .enum(['invited', 'anyone'])
    .default('invited')
    .describe('Who may come in through the provider: people with an account or invitation, or all it knows.'),
  SLUICE_TOKEN: z
    .string()
    .optional()
    .describe('API token that npm run import and export show to the Sluice at --url. Servers ignore it.'),
  SLUICE_DIR: z.string().default('.sluice').describe('Folder of the embedded database and store.'),
  ROW_WRITER: z
    .enum(['copy', 'createMany'])
    .default('copy')
    .describe('How rows are written. createMany for databases behind a proxy that cannot COPY; slower.'),
  FAST_CSV: z
    .enum(['on', 'off'])
    .default('on')
    .describe(
      'off: every text file is read by Papaparse, plain UTF-8 ones too, and workbooks cell by cell. Slower, with the same result.',
    ),
  WORKER_CONCURRENCY: z.coerce
    .number()
    .int()
    .min(1)
    .max(32)
    .default(2)
    .describe('Imports that one worker process runs at a time.'),
  WORKER_DEAD_AFTER_SECONDS: z.coerce
    .number()
    .int()
    .min(10)
    .max(3600)
    .default(30)
    .describe(
      'Set on workers: one without a sign of life for so long is taken for dead. Another goes on within twice the time.',
    ),
  S3_STALL_SECONDS: z.coerce
    .number()
    .min(1)
    .max(600)
    .default(15)
    .describe('A connection to the store without a byte for so long is given up and opened anew.'),
  MAX_FILE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(50 * GiB)
    .describe('Largest file that may be uploaded, in bytes.'),
  MAX_USER_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(200e9)
    .describe('Bytes of files that are kept or on their way for one person.'),
  MAX_TOTAL_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(1e12)
    .describe('The same for all people together.'),
  MAX_USER_UPLOADS: z.coerce
    .number()
    .int()
    .positive()
    .default(100)
    .describe('Uploads that one person may have open at a time.'),
  MAX_TOTAL_UPLOADS: z.coerce
    .number()
    .int()
    .positive()
    .default(1_000)
    .describe('The same for all people together.'),
  KEEP_FILES_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(36_500)
    .default(30)
    .describe(
      'Days for which files and rejected rows are kept after their import ended, and a review waits. 0: for good.',
    ),
  KEEP_UNDONE_DAYS: z.coerce
    .number()
    .int()
    .min(0)
    .max(36_500)
    .default(90)
    .describe(
      'Days for which the rows of an undone import are kept, so that it can be redone, before their space is given back. 0: for good.',
    ),
  RATE_IMPORTS: z.coerce
    .number()
    .int()
    .positive()
    .default(120)
    .describe('Imports that one person may begin in a minute.'),
  RATE_ADDRESSES: z.coerce
    .number()
    .int()
    .positive()
    .default(1_200)
    .describe('Requests for signed addresses that one person may make in a minute.'),
  RATE_CHANGES: z.coerce
    .number()
    .int()
    .positive()
    .default(600)
    .describe('Other requests that change something and that one person may make in a minute.'),
  RATE_SIGN_INS: z.coerce
    .number()
    .int()
    .positive()
    .default(10)
    .describe('Attempts to sign in with one e-mail address from one network that may fail in five minutes.'),
  RATE_VISITORS: z.coerce
    .number()
    .int()
    .positive()
    .default(120)
    .describe('Requests that change something without a session, from one address in a minute.'),
  PROGRESS: z
    .enum(['listen', 'poll'])
    .default('listen')
    .describe(
      'How the web server learns of progress. poll where LISTEN is impossible (PgBouncer, serverless).',
    ),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('The least severe message that is logged.'),
} satisfies Record<string, z.ZodType>;

const schema = z.object(variables);
export type Env = z.infer<typeof schema>;

/** What npm start hands down to the web server it starts. Nobody else sets it. */
const handedDown = z.object({
  /** The command line of this folder proves with it that it may read the folder. */
  LOCAL_KEY: z.string().min(32).optional(),
});

/** What only the web server needs. */
const authSchema = z
  .object({
    AUTH_SECRET: variables.AUTH_SECRET.unwrap(),
    PUBLIC_URL: variables.PUBLIC_URL,
    OIDC_ISSUER: variables.OIDC_ISSUER,
    OIDC_CLIENT_ID: variables.OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET: variables.OIDC_CLIENT_SECRET,
    OIDC_NAME: variables.OIDC_NAME,
    OIDC_SIGN_UP: variables.OIDC_SIGN_UP,
  })
  .extend(handedDown.shape)
  .superRefine((given, context) => {
    if (!given.OIDC_ISSUER) return;
    for (const name of ['PUBLIC_URL', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'] as const) {
      if (!given[name])
        context.addIssue({ code: 'custom', path: [name], message: 'OIDC_ISSUER is set and needs it' });
    }
  });
export type AuthEnv = z.infer<typeof authSchema>;

const localSchema = schema
  .pick({
    PORT: true,
    HOST: true,
    SLUICE_DIR: true,
    SLUICE_TOKEN: true,
    DATABASE_URL: true,
    S3_BUCKET: true,
    AUTH_SECRET: true,
    PUBLIC_URL: true,
  })
  .partial({ DATABASE_URL: true, S3_BUCKET: true });

let parsed: Env | undefined;

/**
 * The environment, checked once. The only reader of `process.env` in the product.
 * @throws Error with one line per variable that is missing or wrong
 */
export function env(): Env {
  parsed ??= parse(schema);
  return parsed;
}

let parsedAuth: AuthEnv | undefined;

/**
 * What signing in needs, checked once. Apart from {@link env}, since workers and the release step do without.
 * @throws Error with one line per variable that is missing or wrong
 */
export function authEnv(): AuthEnv {
  parsedAuth ??= parse(authSchema);
  return parsedAuth;
}

/**
 * What the web server needs before it answers anybody.
 * @throws Error with one line per variable that is missing or wrong
 */
export function webEnv(): { PORT: number; HOST?: string | undefined } {
  authEnv();
  const { PORT, HOST } = env();
  return { PORT, HOST };
}

/** Makes this process a production one for the libraries that look, and hands them more of what they look for. */
export function asProduction(more: Record<string, string>): void {
  Object.assign(process.env, { NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' }, more);
}

/** What bringing Sluice up on this machine needs to know; nothing of it has to be set. */
export function localEnv(): z.infer<typeof localSchema> {
  return parse(localSchema);
}

/** Whether this is `npm run dev`, where pages are rebuilt while they are looked at. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development';
}

/** Whether nothing names a database and a bucket, so that both are this machine's own. */
export function isEmbedded(): boolean {
  return !present().DATABASE_URL && !present().S3_BUCKET;
}

/** Where the embedded database and store of this process have their data: `npm start` says so to what it starts. */
export function embeddedFolder(): string | undefined {
  return present().EMBEDDED_FOLDER;
}

/** Takes what the file .env says, if there is one, where the environment does not say otherwise. */
export function loadEnvFile(): void {
  if (existsSync('.env')) process.loadEnvFile('.env');
}

/** A variable that is missing or wrong, and the sentence about it. */
interface Problem {
  name: string;
  message: string;
  about: string;
}

/** What is missing or wrong in the environment, a line each; empty when {@link env} will not complain. */
export function environmentProblems(): Problem[] {
  return problemsIn(schema.safeParse(present()));
}

function present(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
}

function problemsIn(result: z.ZodSafeParseResult<unknown>): Problem[] {
  return (result.error?.issues ?? []).map(({ path, message }) => {
    const name = String(path[0]);
    const variable = Object.entries(variables).find(([known]) => known === name)?.[1];
    return { name, message, about: variable?.description ?? '' };
  });
}

function parse<S extends z.ZodType>(wanted: S): z.infer<S> {
  const result = wanted.safeParse(present());
  if (!result.success) {
    const lines = problemsIn(result).map(({ name, message, about }) => `  ${name}: ${message}. ${about}`);
    throw new Error(
      `The environment is not complete:\n${lines.join('\n')}\nRun “npm start” for a set-up that needs none of this, or see .env.example.`,
    );
  }
  return result.data;
}
