// zod-openapi turns schemas into OpenAPI 3.1 on zod's own JSON Schema, with one component for each that has a name;
// it has been kept up since 2022 and needs nothing but zod.
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { apiPrefix } from '@/lib/shared/api/prefix';
import { scopes } from '@/lib/shared/schema/user/user-labels';
import { version } from '@/lib/shared/version';
import { account } from './account';
import { datasets } from './datasets';
import { imports } from './imports';
import { type Method, type Operations, operationObject } from './operation';
import { server } from './server';
import { signingIn } from './signing-in';
import { uploads } from './uploads';
import { people } from './users';

const methods: Method[] = ['get', 'post', 'put', 'delete'];

const groups: { name: string; description: string; operations: Operations }[] = [
  { name: 'Imports', description: 'From the file to the receipt, and back.', operations: imports },
  {
    name: 'Uploads',
    description: 'Getting the file into the store, in parts where it is large.',
    operations: uploads,
  },
  { name: 'Datasets', description: 'What was imported, and who may use it.', operations: datasets },
  { name: 'Account', description: 'One’s own account.', operations: account },
  { name: 'Signing in', description: 'What answers without a session.', operations: signingIn },
  { name: 'Users', description: 'For administrators.', operations: people },
  { name: 'Server', description: 'The server itself.', operations: server },
];

function pathsOf(tag: string, operations: Operations): ZodOpenApiPathsObject {
  const paths: ZodOpenApiPathsObject = {};
  for (const [path, item] of Object.entries(operations)) {
    paths[path] = item.unversioned ? { servers: [{ url: '/api' }] } : {};
    for (const method of methods) {
      const operation = item[method];
      if (operation) paths[path][method] = operationObject(tag, method, path, operation);
    }
  }
  return paths;
}

const about = `Everything that the pages and the command line do, they do by this API.

A script shows an **API token**, made on the account page, as \`Authorization: Bearer sluice_…\`. A token acts for its
person within its scopes (${scopes.map((scope) => `\`${scope}\``).join(', ')}). Browsers have a session’s cookie, and requests
that change something have to come from this site’s own pages then.

Bodies are JSON of at most 1 MiB. Whatever is refused is answered with an \`error\` that has a \`code\` for programs and
a \`message\` for people. What one may not see is answered 404, as if it were not there. Requests that change something
are counted: who is over a limit gets 429 with \`Retry-After\`. So does who meets an outage, or a burst of requests that is
too much at once, with 503: the request may be made again then.

Every address is said without the prefix of this version, \`${apiPrefix}\`, which changes when a request or an answer changes in a
way that a program would notice. Outside of it stands \`/api/health\`.

An import’s way: \`POST /imports\`, PUT the file to the signed address with the headers beside it, \`POST …/upload/completion\`, wait until it
is \`MAPPING\` (\`GET /imports/{id}\` or \`GET /events\`), \`POST …/start\` with the columns, wait until it is
\`COMPLETED\` or \`FAILED\`.`;

let made: ReturnType<typeof createDocument> | undefined;

/** The OpenAPI document of this server's API, made from the schemas that it parses requests with. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  made ??= createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Sluice',
      version,
      description: about,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: apiPrefix }],
    tags: groups.map(({ name, description }) => ({ name, description })),
    paths: Object.assign({}, ...groups.map(({ name, operations }) => pathsOf(name, operations))),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'An API token. The scope is named beside it.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'sluice.session_token',
          description:
            'The cookie of a browser that is signed in (over https with `__Secure-` before its name).',
        },
      },
    },
  });
  return made;
}
