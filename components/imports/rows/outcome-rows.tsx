'use client';

import { useCallback, useEffect, useId, useRef, useState } from 'react';
import { formatCount } from '@/components/format/count';
import { Card, CardHeader } from '@/components/ui/card';
import { Select } from '@/components/ui/form/field';
import type { ImportDetails } from '@/lib/imports/contract';
import { type Outcome, outcomeNames } from '@/lib/versions/contract';
import { OutcomeTable } from './outcome-table';
import { outcomeWords } from './outcome-words';

/** The rows behind the entries of an account, one entry at a time. Links to `#updated-rows` and so on lead here. */
export function OutcomeRows({ view }: { view: ImportDetails }) {
  const there = outcomeNames.filter((name) => view.rows[name] > 0);
  const card = useRef<HTMLElement>(null);
  const id = useId();
  const [wanted, setWanted] = useState<Outcome | null>(null);
  const [column, setColumn] = useState<string | null>(null);
  const follow = useCallback(() => {
    const name = outcomeNames.find((it) => window.location.hash === `#${it}-rows`);
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
  const outcome =
    there.find((name) => name === wanted) ?? there.find((name) => name === 'updated') ?? there[0];
  if (!outcome) return null;
  const words = outcomeWords[outcome];
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
        title="Rows of this file"
        about={view.status === 'REVIEW' ? words.planned : words.done}
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
        {there.map((name) => (
          <a
            key={name}
            href={`#${name}-rows`}
            aria-current={name === outcome ? 'true' : undefined}
            className={`rounded-full px-3 py-1 text-sm tabular-nums ${name === outcome ? 'bg-accent font-medium text-on-accent' : 'bg-sunken text-ink hover:bg-line'}`}
          >
            {outcomeWords[name].name} {formatCount(view.rows[name])}
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
