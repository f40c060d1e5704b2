'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { holdRequests, openApi } from '@/components/api/client';
import type { SessionView } from '@/lib/shared/schema/user/users';
import { SessionEndedDialog } from './session-ended-dialog';

interface Known {
  /** Who is signed in; stays while a session that ended is begun again. Null: nobody. Undefined: not known yet. */
  session: SessionView | null | undefined;
  /** Why it cannot be known. */
  error: Error | null;
  askAgain: () => void;
}

const SessionContext = createContext<Known | null>(null);

/**
 * Knows who is signed in. When a session ends while a page is open, a dialog asks the person to sign in again, above
 * the page, which stays as it is; every request waits until then.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ['session'],
    queryFn: async ({ signal }) => (await openApi.get('/session', { signal })).session,
    // Asking also prolongs the session: a tab that is looked at stays signed in.
    staleTime: 60_000,
  });
  const came = query.data;
  const [known, setKnown] = useState<SessionView | null>(null);
  const [ended, setEnded] = useState(false);
  const [waiting] = useState(() => new Set<() => void>());

  useEffect(() => {
    if (came === undefined) return;
    if (came === null) return setEnded(known !== null);
    // Somebody else signed in in another tab: nothing of this page is theirs.
    if (known && known.user.id !== came.user.id) return window.location.reload();
    setKnown(came);
    setEnded(false);
    for (const goOn of waiting) goOn();
    waiting.clear();
  }, [came, known, waiting]);

  useEffect(() => {
    if (!known) return;
    return holdRequests(
      (signal) =>
        new Promise((resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
          waiting.add(resolve);
          client.setQueryData(['session'], null);
        }),
    );
  }, [known, waiting, client]);

  const session = known ?? (came === null ? null : undefined);
  return (
    <SessionContext value={{ session, error: query.error, askAgain: () => void query.refetch() }}>
      {children}
      {known && <SessionEndedDialog open={ended} session={known} />}
    </SessionContext>
  );
}

/** What is known about who is signed in. */
export function useKnownSession(): Known {
  const known = useContext(SessionContext);
  if (!known) throw new Error('useKnownSession needs a SessionProvider above it.');
  return known;
}

/** Who is signed in, or null. */
export function useSession(): SessionView | null {
  return useKnownSession().session ?? null;
}
