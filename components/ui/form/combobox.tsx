'use client';

import { useState } from 'react';
import { Input } from './field';

export interface ComboboxOption {
  value: string;
  /** Tells options apart whose text is the same. */
  key?: string;
  about?: string;
}

/** A text input that offers what begins or contains what was typed; any other text is fine too. */
export function Combobox({
  id,
  value,
  options,
  listLabel,
  describedBy,
  maxLength,
  invalid = !value.trim(),
  placeholder,
  onSeek,
  onTake,
  onChange,
}: {
  id: string;
  value: string;
  options: ComboboxOption[];
  listLabel: string;
  describedBy?: string;
  maxLength?: number;
  invalid?: boolean;
  placeholder?: string;
  /** Called with what the options are to contain, where they come from a server. */
  onSeek?: (text: string) => void;
  /** Called when an option is taken, instead of onChange with its text. */
  onTake?: (option: ComboboxOption) => void;
  onChange: (value: string) => void;
}) {
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState('');
  const [active, setActive] = useState(-1);
  const sought = filter.trim().toLowerCase();
  const offered = options
    .filter(({ value: text, about = '' }) => [text, about].some((it) => it.toLowerCase().includes(sought)))
    .slice(0, 50);
  const shown = open && offered.length > 0;
  const show = (text: string) => {
    setFilter(text);
    onSeek?.(text);
    setActive(-1);
    setOpen(true);
  };
  const take = (option: ComboboxOption) => {
    (onTake ?? (({ value: text }) => onChange(text)))(option);
    setOpen(false);
  };
  const move = (by: number) => {
    if (!shown) return show('');
    const next = (active + by + offered.length) % offered.length;
    setActive(active === -1 && by === -1 ? offered.length - 1 : next);
  };
  const current = offered[active];
  return (
    <div className="relative">
      <Input
        id={id}
        role="combobox"
        autoComplete="off"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && current ? `${id}-option-${active}` : undefined}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        placeholder={placeholder}
        maxLength={maxLength}
        value={value}
        // Everything is offered at first: what stands there is a proposal, not a search.
        onFocus={() => show('')}
        onClick={() => show('')}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          onChange(event.target.value);
          show(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            move(event.key === 'ArrowDown' ? 1 : -1);
          } else if (event.key === 'Enter' && shown && current) {
            event.preventDefault();
            take(current);
          } else if (event.key === 'Escape' && shown) {
            event.preventDefault();
            setOpen(false);
          }
        }}
      />
      {shown && (
        <ul
          id={`${id}-list`}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of ARIA's combobox
          role="listbox"
          aria-label={listLabel}
          className="absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-xl border border-line bg-surface p-1 shadow-2xl"
        >
          {offered.map((option, place) => (
            <li
              key={option.key ?? option.value}
              id={`${id}-option-${place}`}
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern of ARIA's combobox
              role="option"
              aria-selected={option.value === value}
              tabIndex={-1}
              // Before the input loses its focus and the list goes.
              onPointerDown={(event) => {
                event.preventDefault();
                take(option);
              }}
              onPointerMove={() => setActive(place)}
              className={`flex cursor-pointer items-baseline justify-between gap-4 rounded-lg px-3 py-2 text-sm ${place === active ? 'bg-accent-soft' : ''}`}
            >
              <span className="truncate" title={option.value}>
                {option.value}
              </span>
              {option.about && (
                <span className="shrink-0 text-xs text-muted tabular-nums">{option.about}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
