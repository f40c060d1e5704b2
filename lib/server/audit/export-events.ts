import { csvRecord, escapeFormula } from '@/lib/shared/csv/csv-cells';
import type { AuditEventView, AuditFilter } from '@/lib/shared/schema/audit/audit';
import { auditKinds } from '@/lib/shared/schema/audit/audit-kinds';
import { describeFacts } from '@/lib/shared/schema/audit/describe-facts';
import { db } from '../platform/db/client';
import type { Download } from '../platform/download';
import type { User } from '../platform/user';
import { findEvents } from './list-events';
import { recordEvent } from './record-event';

const pageEvents = 1_000;

/**
 * The log as CSV, newest first, as far as the filter lets it through. That it was exported is itself an event, and
 * the first line unless it is filtered out.
 */
export async function exportEvents(filter: AuditFilter, user: User): Promise<Download> {
  const scope = Object.entries(filter).map(([name, value]) => `${name}=${value}`);
  const facts = { format: 'csv', ...(scope.length > 0 ? { scope: scope.join(' ') } : {}) } as const;
  await recordEvent(db(), { kind: 'AUDIT_EXPORTED', by: user, facts });
  return { fileName: 'audit-log.csv', type: 'text/csv', pieces: records(filter) };
}

const header = [
  'id',
  'at',
  'kind',
  'what',
  'by',
  'by id',
  'via',
  'address',
  'on',
  'on id',
  'dataset',
  'dataset id',
  'details',
];

/** Opened in a spreadsheet program, so formulas are escaped: names are typed by people. */
async function* records(filter: AuditFilter): AsyncGenerator<string> {
  yield csvRecord(header);
  let before: string | null | undefined;
  while (before !== null) {
    const { events, next }: Awaited<ReturnType<typeof findEvents>> = await findEvents(
      filter,
      before,
      pageEvents,
    );
    yield events.map(record).join('');
    before = next;
  }
}

function record({ id, at, kind, by, via, address, on, dataset, facts }: AuditEventView): string {
  const cells = [
    id,
    at,
    kind,
    auditKinds[kind].name,
    by?.name,
    by?.id,
    via,
    address,
    on?.name,
    on?.id,
    dataset?.name,
    dataset?.id,
    describeFacts(facts),
  ];
  return csvRecord(cells.map((cell) => escapeFormula(cell ?? '')));
}
