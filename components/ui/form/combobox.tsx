'use client';

import { type UseComboboxState, type UseComboboxStateChangeOptions, useCombobox } from 'downshift';
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
  const [filter, setFilter] = useState('');
  const sought = filter.trim().toLowerCase();
  const offered = options
    .filter(({ value: text, about = '' }) =>
      [text, about].some((part) => part.toLowerCase().includes(sought)),
    )
    .slice(0, 50);
  const seek = (text: string) => {
    setFilter(text);
    onSeek?.(text);
  };
  const { isOpen, highlightedIndex, openMenu, getInputProps, getMenuProps, getItemProps } = useCombobox({
    inputId: id,
    menuId: `${id}-list`,
    items: offered,
    itemToString: (option) => option?.value ?? '',
    inputValue: value,
    // What was chosen is in the text; choosing it once more counts, too.
    selectedItem: null,
    onSelectedItemChange: ({ selectedItem }) => {
      if (selectedItem) (onTake ?? (({ value: text }) => onChange(text)))(selectedItem);
    },
    stateReducer: stayWithTheText,
  });
  const shown = isOpen && offered.length > 0;
  // Everything is offered at first: what stands there is a proposal, not a search.
  const offerAll = () => {
    seek('');
    openMenu();
  };
  return (
    <div className="relative">
      <Input
        {...getInputProps({
          'aria-expanded': shown,
          // Its label names it by htmlFor.
          'aria-labelledby': undefined,
          onFocus: offerAll,
          onClick: () => seek(''),
          onKeyDown: (event) => {
            const { key } = event;
            const opens = !shown && (key === 'ArrowDown' || key === 'ArrowUp');
            if (opens) offerAll();
            // These are the text's: the hook would take them for the list, also where it is hidden.
            const isOfText = key === 'Home' || key === 'End';
            const isOfForm = (key === 'Enter' && highlightedIndex < 0) || (key === 'Escape' && !shown);
            const withOption = event.nativeEvent as KeyboardEvent & { preventDownshiftDefault?: boolean };
            withOption.preventDownshiftDefault = isOfText || isOfForm || opens;
          },
          // Not by the hook's own state, which comes a moment later and would move the cursor to the end.
          onChange: (event) => {
            onChange(event.currentTarget.value);
            seek(event.currentTarget.value);
          },
        })}
        aria-describedby={describedBy}
        aria-invalid={invalid}
        placeholder={placeholder}
        maxLength={maxLength}
      />
      <ul
        {...getMenuProps({ 'aria-label': listLabel })}
        className={`absolute inset-x-0 top-full z-30 mt-1 max-h-64 overflow-y-auto rounded-xl border border-line bg-surface p-1 shadow-2xl ${shown ? '' : 'hidden'}`}
      >
        {shown &&
          offered.map((item, index) => (
            <li
              key={item.key ?? item.value}
              {...getItemProps({ item, index, 'aria-selected': item.value === value })}
              className={`flex cursor-pointer items-baseline justify-between gap-4 rounded-lg px-3 py-2 text-sm ${index === highlightedIndex ? 'bg-accent-soft' : ''}`}
            >
              <span className="truncate" title={item.value}>
                {item.value}
              </span>
              {item.about && <span className="shrink-0 text-xs text-muted tabular-nums">{item.about}</span>}
            </li>
          ))}
      </ul>
    </div>
  );
}

/** A click opens the list and never closes it, and whoever leaves without choosing keeps the text. */
function stayWithTheText(
  state: UseComboboxState<ComboboxOption>,
  { type, changes }: UseComboboxStateChangeOptions<ComboboxOption>,
): Partial<UseComboboxState<ComboboxOption>> {
  switch (type) {
    case useCombobox.stateChangeTypes.InputClick:
      return { ...changes, isOpen: true };
    case useCombobox.stateChangeTypes.InputBlur:
      return { ...changes, selectedItem: state.selectedItem };
    default:
      return changes;
  }
}
