import { once } from 'node:events';
import { addressOf } from '@/lib/shared/api/client';
import { messageOf } from '../server/platform/errors';
import { request } from './api/api';
import { connect } from './api/connect';
import { findNamed, noSuchDataset } from './import/choose-dataset';
import { named, readArguments } from './read-arguments';

const usage = `npm run export -- DATASET [--format csv|json] [--escape-formulas] [--url ADDRESS]

  Writes the current rows of a dataset to standard output, header first, in file order. DATASET is its name, the name
  in the address of its page (that of /datasets/price_list is price_list), or its id.
  --help             this text

  Into a file: npm run --silent export -- DATASET > rows.csv (without --silent, npm writes two lines of its own first)
`;

const formats: ReadonlyMap<string, 'csv' | 'json'> = new Map([
  ['csv', 'csv'],
  ['json', 'json'],
]);

async function main(): Promise<number> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      format: { type: 'string', default: 'csv' },
      'escape-formulas': { type: 'boolean', default: false },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [dataset] = positionals;
  if (values.help || !dataset || positionals.length !== 1) {
    process.stderr.write(usage);
    return values.help ? 0 : 1;
  }
  const format = named(formats, '--format', values.format) ?? 'csv';
  const { server, leave } = await connect(values.url);
  try {
    const found = await findNamed(server, dataset);
    if (!found) throw new Error(await noSuchDataset(server, dataset));
    const address = addressOf('/datasets/{slug}/export', {
      path: { slug: found.slug },
      query: { format, escape: values['escape-formulas'] ? 'formulas' : undefined },
    });
    const answer = await request(server, new Request(new URL(address, server.url)));
    for await (const chunk of answer.body ?? []) {
      if (!process.stdout.write(chunk)) await once(process.stdout, 'drain');
    }
  } finally {
    await leave();
  }
  return 0;
}

process.stdout.on('error', () => process.exit(0));
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  },
);
