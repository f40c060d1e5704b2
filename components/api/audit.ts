import type { AuditPage } from '@/lib/shared/schema/audit';
import { call, queryOf } from './client';

/** What the log is narrowed to, as it stands in the page's address: days are those of the person who looks. */
export interface AuditChoice {
  what?: string;
  person?: string;
  dataset?: string;
  import?: string;
  from?: string;
  to?: string;
}

/** Midnight here, at the beginning of a day, some days later. */
function midnight(day: string, later: number): string | undefined {
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

function moments({ from, to, ...choice }: AuditChoice) {
  return { ...choice, from: from && midnight(from, 0), to: to && midnight(to, 1) };
}

/** One page of the log, newest first. */
export function listEvents(
  choice: AuditChoice,
  before: string | null,
  signal?: AbortSignal,
): Promise<AuditPage> {
  return call('GET', `/api/audit?${queryOf({ ...moments(choice), before })}`, { signal });
}

/** Address of the same as a file. */
export const auditExportUrl = (choice: AuditChoice) => `/api/audit/export?${queryOf(moments(choice))}`;
