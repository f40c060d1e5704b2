import type { Query } from '@/lib/shared/api/client';

type AuditQuery = Query<'/audit'>;

/** What the log is narrowed to, as it stands in the page's address: days are those of the person who looks. */
export interface AuditChoice {
  what?: AuditQuery['what'];
  person?: string;
  dataset?: string;
  import?: string;
  from?: string;
  to?: string;
}

const names = ['what', 'person', 'dataset', 'import', 'from', 'to'] as const;

/** What the page's address narrows the log to. One of another version may say what the API does not know, and refuses. */
export function choiceOf(params: { get(name: string): string | null }): AuditChoice {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = params.get(name);
      return value ? [[name, value]] : [];
    }),
  );
}

/** Changes the page's address; back leads to what was there. What is shown begins anew unless a place is named. */
export function narrow(change: Partial<Record<(typeof names)[number] | 'before', string>>): void {
  const url = new URL(window.location.href);
  url.searchParams.delete('before');
  for (const [name, value] of Object.entries(change)) {
    if (value) url.searchParams.set(name, value);
    else url.searchParams.delete(name);
  }
  window.history.pushState(null, '', url);
}

/** Midnight here, at the beginning of a day, some days later. */
function midnight(day: string, later: number): string | undefined {
  const date = new Date(`${day}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setDate(date.getDate() + later);
  return date.toISOString();
}

/** The same as the API takes it: its days have their beginning and end here. */
export function queryOf({ from, to, ...choice }: AuditChoice): AuditQuery {
  return { ...choice, from: from && midnight(from, 0), to: to && midnight(to, 1) };
}
