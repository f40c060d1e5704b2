import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { env } from '../env';
import { db } from './client';

/** Time for what is told to come back. On this machine it takes 1 ms. */
const hearingMilliseconds = 3_000;
const trialChannel = 'sluice_trial';

/** A proxy between Sluice and PostgreSQL took LISTEN, and hands nothing on. */
export class NotHeard extends Error {
  override readonly name = 'NotHeard';
  constructor() {
    super(
      'LISTEN is accepted, but nothing is heard: a proxy that pools transactions (PgBouncer?) is between',
    );
  }
}

/**
 * Opens a connection that listens, and makes sure that it hears: PgBouncer, where it pools transactions, takes the
 * LISTEN and hands nothing on.
 * @param channels what to call with what is told on each; repeats do no harm to anybody who looks it up
 * @param onLost called when the connection ends
 * @throws NotHeard, or why no connection can be had
 */
export async function listenTo(
  channels: Record<string, (payload: string) => void>,
  onLost: (client: pg.Client) => void,
): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 10_000,
  });
  client.on('error', () => onLost(client));
  client.on('end', () => onLost(client));
  const trial = randomUUID();
  const heard = new Promise<boolean>((resolve) => {
    client.on('notification', (told) => {
      channels[told.channel]?.(told.payload ?? '');
      if (told.payload === trial) resolve(true);
    });
  });
  try {
    await client.connect();
    for (const channel of [...Object.keys(channels), trialChannel]) await client.query(`listen ${channel}`);
    // By another connection: through a proxy, this one would hear itself.
    await db().$executeRaw`select pg_notify(${trialChannel}, ${trial})`;
    const silence = new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), hearingMilliseconds).unref();
    });
    if (!(await Promise.race([heard, silence]))) throw new NotHeard();
    await client.query(`unlisten ${trialChannel}`);
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    throw error;
  }
}

/** Whether what PostgreSQL tells is heard here: false behind a proxy that pools transactions. @throws why nothing can be asked */
export async function isHeard(): Promise<boolean> {
  const nobody = () => undefined;
  try {
    const client = await listenTo({}, nobody);
    void client.end().catch(nobody);
    return true;
  } catch (error) {
    if (error instanceof NotHeard) return false;
    throw error;
  }
}
