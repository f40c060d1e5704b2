import { parseArgs } from 'node:util';
import { findRunning } from '../local/processes/running';
import { checkBucket } from '../server/doctor/bucket/check-bucket';
import { checkEnvironment, checkSecrets, secretsOf } from '../server/doctor/check-configuration';
import { checkDatabase } from '../server/doctor/check-database';
import { checkWeb } from '../server/doctor/check-web';
import { checkWorkers } from '../server/doctor/check-workers';
import { type Finding, fail, findingText, ok, warn } from '../server/doctor/finding';
import { closeDb } from '../server/platform/db/client';
import { env, isEmbedded, loadEnvFile, localEnv } from '../server/platform/env';
import { messageOf } from '../server/platform/errors';
import { isDiskFull } from '../server/platform/full-disk';
import { closeQueue } from '../server/platform/queue/boss';

/**
 * `npm run doctor`: looks at everything that Sluice needs and says a line about each, with what to do. Exits with 1
 * when something is broken. It changes nothing but for objects of its own in the bucket, which it removes again.
 */
async function main(): Promise<boolean> {
  loadEnvFile();
  const { values } = parseArgs({ options: { origin: { type: 'string' } } });
  if (isEmbedded()) return say(await checkEmbedded(localEnv().SLUICE_DIR), []);

  const environment = checkEnvironment();
  if (!say(environment, [])) return false;
  const secrets = secretsOf(env());
  const address = values.origin ?? env().PUBLIC_URL;
  const origin = address === undefined ? undefined : new URL(address).origin;
  let fine = say(checkSecrets(env()), secrets);
  const database = await checkDatabase(env());
  fine = say(database, secrets) && fine;
  fine = say(await checkBucket(env(), origin), secrets) && fine;
  // Without its tables the database knows of no workers.
  if (database.every(({ level }) => level !== 'fail')) fine = say(await checkWorkers(), secrets) && fine;
  if (origin) fine = say(await checkWeb(origin), secrets) && fine;
  return fine;
}

/** Database and store of `npm start` are its own, made for each other: there is nothing that could be set wrong. */
async function checkEmbedded(folder: string): Promise<Finding[]> {
  const running = await findRunning(folder);
  if (running) {
    return [
      ok('Set-up', `everything runs embedded in ${folder}; nothing has to be configured.`),
      ...((await isDiskFull(folder))
        ? [
            fail(
              'Disk',
              `the disk that ${folder} is on is full.`,
              'Free some space: Sluice then goes on by itself.',
            ),
          ]
        : []),
      ...(await checkWeb(running.url)),
    ];
  }
  return [
    warn(
      'Set-up',
      `DATABASE_URL and S3_BUCKET are not set, and no Sluice runs in ${folder}.`,
      'Run “npm start” for a set-up that needs neither, or set both (see .env.example).',
    ),
  ];
}

function say(findings: Finding[], secrets: string[]): boolean {
  for (const finding of findings) process.stdout.write(`${findingText(finding, secrets)}\n`);
  return findings.every(({ level }) => level !== 'fail');
}

main()
  .then((fine) => {
    process.exitCode = fine ? 0 : 1;
  })
  .catch((error: unknown) => {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  })
  .finally(() => Promise.allSettled([closeQueue(), closeDb()]).then(() => process.exit()));
