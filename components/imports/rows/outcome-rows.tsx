'use client';

import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '@/components/format/count';
import { Card, CardHeader } from '@/components/ui/card';
import { Select } from '@/components/ui/form/field';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import { type Outcome, outcomeNames, type Replaced, replacedNames } from '@/lib/shared/schema/import/outcome';
import { outcomeWords, replacedWords } from './outcome-labels';
import { OutcomeTable } from './outcome-table';

/** The rows behind the entries of an account, one entry at a time. Links to `#updated-rows` and so on lead here. */
export function OutcomeRows({ view }: { view: ImportDetails }) {
  const there = entriesOf(view);
  const card = useRef<HTMLElement>(null);
  const id = useId();
  const [wanted, setWanted] = useState<Outcome | Replaced | null>(null);
  const [column, setColumn] = useState<string | null>(null);
  const follow = useCallback(() => {
    const name = [...outcomeNames, ...replacedNames].find(
      (outcome) => window.location.hash === `#${outcome}-rows`,
    );
    if (!name) return;
    setWanted(name);
    card.current?.scrollIntoView({ block: 'start' });
    card.current?.focus({ preventScroll: true });
  }, []);
  useEffect(() => {
    follow();
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [follow]);
  const entry =
    there.find(({ name }) => name === wanted) ?? there.find(({ name }) => name === 'updated') ?? there[0];
  if (!entry) return null;
  const outcome = entry.name;
  const mapped = view.mapping?.map(({ name }) => name) ?? [];
  return (
    <Card
      ref={card}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-4 overflow-hidden outline-none"
    >
      <CardHeader
        id={`${id}-title`}
        title={view.replaces?.keyed ? whatHappens(view) : 'Rows of this file'}
        about={entry.about}
        actions={
          outcome === 'updated' &&
          mapped.length > 0 && (
            <div className="flex items-center gap-2 text-sm">
              <label htmlFor={`${id}-column`} className="shrink-0 text-muted">
                Changes in
              </label>
              <Select
                id={`${id}-column`}
                className="w-44"
                value={column ?? ''}
                onChange={(event) => setColumn(event.target.value || null)}
              >
                <option value="">any column</option>
                {mapped.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </Select>
            </div>
          )
        }
      />
      <nav aria-label="Which rows" className="flex flex-wrap gap-1.5 px-5 pb-4 sm:px-6">
        {there.map(({ name, label, rows }) => (
          <a
            key={name}
            href={`#${name}-rows`}
            aria-current={name === outcome ? 'true' : undefined}
            className={`rounded-full px-3 py-1 text-sm tabular-nums ${name === outcome ? 'bg-accent font-medium text-on-accent' : 'bg-sunken text-ink hover:bg-line'}`}
          >
            {label} {formatCount(rows)}
          </a>
        ))}
      </nav>
      <OutcomeTable
        key={`${outcome} ${column ?? ''}`}
        view={view}
        outcome={outcome}
        column={outcome === 'updated' ? column : null}
      />
    </Card>
  );
}

const whatHappens = ({ status }: ImportDetails) =>
  status === 'REVIEW' ? 'What happens to each row' : 'What happened to each row';

interface Entry {
  name: Outcome | Replaced;
  label: string;
  about: string;
  rows: number;
}

/** What can be listed: the entries of the account, or what replacing the dataset does to each row, where it has a key. */
function entriesOf(view: ImportDetails): Entry[] {
  const planned = view.status === 'REVIEW';
  const counted = outcomeNames.map((name): Entry => {
    const { name: label, planned: before, done } = outcomeWords[name];
    return { name, label, about: planned ? before : done, rows: view.rows[name] };
  });
  const { replaces } = view;
  const entries = replaces?.keyed
    ? [
        ...replacedNames.map((name): Entry => {
          const { name: label, planned: before, done } = replacedWords[name];
          return { name, label, about: planned ? before : done, rows: replaces[name] };
        }),
        ...counted.filter(({ name }) => name === 'skipped'),
      ]
    : counted;
  return entries.filter(({ rows }) => rows > 0);
}
