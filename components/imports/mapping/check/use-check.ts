import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { createContext, use, useEffect, useRef, useState } from 'react';
import { api } from '@/components/api/client';
import { throughOutages } from '@/components/api/retries';
import type { CheckedColumn, CheckView } from '@/lib/shared/schema/import/check';
import type { ImportDetails } from '@/lib/shared/schema/import/import-details';
import type { StartImportInput } from '@/lib/shared/schema/import/start';

/** Changes are collected for this long before the file is checked anew. */
const gatherMs = 400;
/** How often figures are asked for: more often until there are some. */
const askMs = { first: 200, later: 500 };

/** What is known of the rows of the whole file. */
export interface ShownCheck {
  /** Null: nothing yet, or something is to be settled before anything can be checked. */
  check: CheckView | null;
  /** False while the file is being checked anew, and the figures are those of before. */
  isCurrent: boolean;
  /** Whether it is, or will be, checked. */
  isWanted: boolean;
}

const isMoving = (check: CheckView | null | undefined) =>
  check?.state === 'WAITING' || check?.state === 'RUNNING';

/**
 * Has the whole file checked as it would be imported now, and follows the figures.
 * @param input what starting the import would send; null while it cannot be started
 */
export function useCheck(
  { id, status, inspections }: ImportDetails,
  input: StartImportInput | null,
): ShownCheck {
  const body = useSettled(status === 'MAPPING' ? input : null);
  const params = { path: { id } };
  // One after the other, so that the server hears of the newest last.
  const sent = useRef<Promise<unknown>>(Promise.resolve());
  const asked = useQuery({
    queryKey: ['check', id, 'asked', inspections, body],
    queryFn: ({ signal }) => {
      const asking = sent.current.then(() => {
        signal.throwIfAborted();
        return body ? throughOutages(() => api.post('/imports/{id}/check', { params, body })) : null;
      });
      sent.current = asking.catch(() => undefined);
      return asking;
    },
    enabled: body !== null,
    // Of a mapping that comes back, another one was checked in between.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  const version = asked.data?.check?.version;
  const figures = useQuery({
    queryKey: ['check', id, 'figures', version],
    queryFn: async ({ signal }) => {
      for (;;) {
        const { check } = await api.get('/imports/{id}/check', { params, signal });
        if (check?.version !== version) return null;
        if (check?.figures || !isMoving(check)) return check;
        await new Promise((resolve) => setTimeout(resolve, askMs.first));
        signal.throwIfAborted();
      }
    },
    enabled: version !== undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => isMoving(state.data) && askMs.later,
    staleTime: 0,
  });
  const isWanted = status === 'MAPPING' && input !== null && !asked.isError;
  return {
    check: isWanted ? (figures.data ?? null) : null,
    isCurrent: !figures.isPlaceholderData && version !== undefined && isSame(body, input),
    isWanted,
  };
}

const isSame = (a: StartImportInput | null, b: StartImportInput | null) =>
  JSON.stringify(a) === JSON.stringify(b);

/** What was the same for a moment. */
function useSettled(input: StartImportInput | null): StartImportInput | null {
  const [settled, settle] = useState(input);
  const same = isSame(input, settled);
  const next = same ? settled : input;
  const key = JSON.stringify(next);
  useEffect(() => {
    if (same) return;
    const timer = setTimeout(() => settle(JSON.parse(key)), gatherMs);
    return () => clearTimeout(timer);
  }, [same, key]);
  return settled;
}

const CheckContext = createContext<ShownCheck>({ check: null, isCurrent: false, isWanted: false });

/** Gives the columns on the screen what was found of them in the whole file. */
export const CheckProvider = CheckContext.Provider;

/** What was found of a column in the rows of the file that were checked; null while that is not known. */
export function useCheckedColumn(
  index: number,
): (CheckedColumn & { rows: number; accepted: number; complete: boolean }) | null {
  const { check, isCurrent } = use(CheckContext);
  const figures = isCurrent ? check?.figures : null;
  const column = figures?.columns.find((column) => column.index === index);
  if (!figures || !column) return null;
  const { read: rows, accepted } = figures.rows;
  return { ...column, rows, accepted, complete: figures.complete };
}
