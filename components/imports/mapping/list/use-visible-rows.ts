import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type FocusEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';

/** A row with its name, type and evidence, which are below each other in a narrow window; measured once it is drawn. */
const estimatedHeight = () => (window.innerWidth < 1024 ? 222 : 91);
/** Rows beyond those in sight: enough for the Tab key to find the next one. */
const ahead = 8;
/** Fewer are all drawn. */
const fewRows = 40;
/** Where the End key is the text's. */
const textFields = 'input, textarea, select, [contenteditable="true"]';

/** A row that is drawn, and the pixels between the one before and it. */
export interface VisibleRow {
  place: number;
  gap: number;
}

/**
 * Which rows of a long list in the page are drawn: those in sight; the one that had the focus last, which would be
 * lost with it, and those beside it, so that Tab goes on from it wherever the page is; and the first and the last, where
 * Tab comes in from above and from below.
 * @param places what tells the rows apart, in their order
 */
export function useVisibleRows(places: number[]) {
  const count = places.length;
  const list = useRef<HTMLUListElement>(null);
  const [top, setTop] = useState(0);
  const [pinned, pin] = useState<number | null>(null);
  const all = count <= fewRows;
  const rangeExtractor = useCallback(
    (range: Range) => {
      const kept = pinned === null ? [] : [pinned - 1, pinned, pinned + 1];
      const places = new Set([0, ...kept, ...defaultRangeExtractor(range), range.count - 1]);
      return [...places].filter((number) => number >= 0 && number < range.count).sort((a, b) => a - b);
    },
    [pinned],
  );
  const virtual = useWindowVirtualizer({
    count,
    enabled: !all,
    // A column keeps its height wherever it stands in a narrowed list.
    getItemKey: useCallback((at: number) => places[at] ?? at, [places]),
    estimateSize: estimatedHeight,
    overscan: ahead,
    scrollMargin: top,
    rangeExtractor,
  });
  // What stands above the list grows and shrinks.
  useLayoutEffect(() => {
    const now = (list.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    if (Math.abs(now - top) >= 1) setTop(now);
  });
  // To the last row, wherever the rows before it come to stand while they are drawn and measured: a browser goes to where
  // the page ended when the key was pressed, and what stands below the list may be higher than the window.
  const { scrollToIndex } = virtual;
  useEffect(() => {
    if (all) return;
    const goToLast = (event: KeyboardEvent) => {
      if (event.key !== 'End' || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(textFields)) return;
      const last = list.current
        ?.querySelector(`:scope > [data-index="${count - 1}"]`)
        ?.getBoundingClientRect();
      // From there on, the key goes to the end of the page as anywhere else.
      if (last && last.top >= 0 && last.bottom <= window.innerHeight) return;
      event.preventDefault();
      scrollToIndex(count - 1, { align: 'center' });
    };
    window.addEventListener('keydown', goToLast);
    return () => window.removeEventListener('keydown', goToLast);
  }, [all, count, scrollToIndex]);
  const items = virtual.getVirtualItems();
  const rows: VisibleRow[] = all
    ? Array.from({ length: count }, (_, place) => ({ place, gap: 0 }))
    : items.map(({ index, start }, i) => ({ place: index, gap: start - (items[i - 1]?.end ?? top) }));
  /** Draws a row wherever it is and brings it into sight. @returns its element */
  const reveal = (place: number): HTMLElement | null => {
    flushSync(() => pin(place));
    const row = list.current?.querySelector<HTMLElement>(`:scope > [data-index="${place}"]`) ?? null;
    if (all) row?.scrollIntoView({ block: 'center' });
    // Goes on until the rows around it are measured.
    else virtual.scrollToIndex(place, { align: 'center' });
    return row;
  };
  return {
    rows,
    reveal,
    measure: all ? undefined : virtual.measureElement,
    list: {
      ref: list,
      style: {
        paddingBottom: all ? 0 : Math.max(0, virtual.getTotalSize() + top - (items.at(-1)?.end ?? top)),
      },
      onFocus: (event: FocusEvent) => {
        const place = event.target.closest<HTMLElement>('[data-index]')?.dataset.index;
        if (place !== undefined) pin(Number(place));
      },
    },
  };
}
