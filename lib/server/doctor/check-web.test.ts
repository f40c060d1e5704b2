import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { checkWeb } from './check-web';

async function levels(answers: { health: number; session: number }): Promise<string[]> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/api/health' ? answers.health : answers.session;
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const at = server.address();
  if (typeof at !== 'object' || at === null) throw new Error('The server has no port.');
  const found = await checkWeb(`http://127.0.0.1:${at.port}`);
  server.close();
  return found.map(({ level, what }) => `${level} ${what}`);
}

it('finds a web server well that answers and takes what its own pages send', async () => {
  expect(await levels({ health: 200, session: 400 })).toEqual(['ok Web', 'ok Own pages']);
});

it('finds one that cannot do its work, and one that takes its own pages for another site’s', async () => {
  expect(await levels({ health: 503, session: 400 })).toEqual(['fail Web']);
  expect(await levels({ health: 200, session: 403 })).toEqual(['ok Web', 'fail Own pages']);
  const [nobody] = await checkWeb('http://127.0.0.1:9');
  expect(nobody).toMatchObject({ level: 'fail', todo: 'Start the web server: npm run web' });
});
