import type { AuditChoice } from '@/components/api/audit';

const names = ['what', 'person', 'dataset', 'import', 'from', 'to'] as const;

/** What the page's address narrows the log to. */
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
