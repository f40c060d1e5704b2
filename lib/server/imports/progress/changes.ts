import { db } from '@/lib/server/platform/db/client';

/** An import that changed, and the number of the change. */
interface Change {
  publicId: string;
  sequence: bigint;
}

/**
 * Finds the imports that changed, none left out, however late a change commits. Their numbers alone cannot do that:
 * a number is drawn when a row is changed, and one that is drawn later may be committed earlier. So each look begins
 * at the oldest transaction that was open at the look before. What is found twice by that is told once.
 */
export class Changes {
  private begin: bigint | undefined;
  private known = new Set<string>();

  /** Begins here: what was committed before is not told. */
  async mark(): Promise<void> {
    const { oldest } = await openTransactions();
    this.begin = oldest;
  }

  /** The public ids of what was committed since the look before, or since the mark. */
  async look(): Promise<string[]> {
    const { oldest, next } = await openTransactions();
    const begin = this.begin ?? oldest;
    // Numbers beyond the newest transaction come from another database, of which this is a copy.
    const where = { changedIn: { gte: begin, lt: next } };
    const imports: Change[] = await db().import.findMany({
      where,
      orderBy: { sequence: 'asc' },
      select: { publicId: true, sequence: true },
    });
    // What changes of a file of corrected rows is news of its import.
    const corrections = await db().correctionFile.findMany({
      where,
      orderBy: { sequence: 'asc' },
      select: { sequence: true, import: { select: { publicId: true } } },
    });
    const found = [
      ...imports,
      ...corrections.map(({ sequence, import: { publicId } }): Change => ({ publicId, sequence })),
    ];
    const fresh = found.filter(({ sequence }) => !this.known.has(sequence.toString()));
    this.known = new Set(found.map(({ sequence }) => sequence.toString()));
    this.begin = oldest;
    return [...new Set(fresh.map(({ publicId }) => publicId))];
  }
}

/** The oldest transaction that is open and has changed something, and the number that the next one will get. */
async function openTransactions(): Promise<{ oldest: bigint; next: bigint }> {
  const [row] = await db().$queryRaw<{ oldest: bigint; next: bigint }[]>`
    select pg_snapshot_xmin(now)::text::bigint as oldest, pg_snapshot_xmax(now)::text::bigint as next
    from pg_current_snapshot() as now`;
  if (!row) throw new Error('The database does not tell its snapshot.');
  return row;
}
