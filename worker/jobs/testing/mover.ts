import { once } from 'node:events';
import { closeDb } from '@/lib/server/platform/db/client';
import { moveRows } from '../move-rows';

/** The job that moves rows, in a process of its own, which begins when it is told to and can be killed. */
process.send?.('ready');
await once(process, 'message');
await moveRows(new AbortController().signal);
await closeDb();
process.disconnect();
