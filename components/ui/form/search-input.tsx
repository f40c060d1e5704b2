'use client';

import { Search } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Input } from './field';

const pauseMilliseconds = 250;

/** What is searched for, as it stands in the page's address, so that a reload and a link keep it. */
export function useSearched(): [string, (q: string) => void] {
  return [useSearchParams().get('q') ?? '', search];
}

function search(q: string): void {
  narrowAddress('q', q);
}

/** Puts a choice into the page's address; an empty one is left out. */
export function narrowAddress(name: string, value: string): void {
  const url = new URL(window.location.href);
  if ((url.searchParams.get(name) ?? '') === value) return;
  if (value) url.searchParams.set(name, value);
  else url.searchParams.delete(name);
  window.history.replaceState(null, '', url);
}

/** A box to search with, which waits until somebody has finished typing. */
export function SearchInput({
  label,
  value,
  onSearch,
}: {
  label: string;
  value: string;
  /** The same function at every render, or the pause begins anew. */
  onSearch: (q: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => onSearch(typed.trim()), pauseMilliseconds);
    return () => clearTimeout(timer);
  }, [typed, onSearch]);
  return (
    <div className="relative">
      <Search aria-hidden className="absolute top-2.5 left-3 size-4 text-muted" />
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        className="pl-9"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
    </div>
  );
}
