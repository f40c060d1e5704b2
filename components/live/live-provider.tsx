'use client';

import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { EventStream } from './event-stream';
import { LiveImports } from './live-imports';

interface Live {
  connected: boolean;
  imports: LiveImports;
}

const LiveContext = createContext<Live | null>(null);

/** Holds the tab's one event stream and keeps every query about imports up to date with it. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [imports] = useState(() => new LiveImports(client));
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const stream = new EventStream({
      onImport: (view) => imports.take(view),
      onConnected: (now) => {
        setConnected(now);
        if (now) imports.catchUp();
      },
    });
    return () => stream.close();
  }, [imports]);
  return <LiveContext value={{ connected, imports }}>{children}</LiveContext>;
}

function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('useLive needs a LiveProvider above it.');
  return live;
}

/** True while progress arrives by itself; screens poll otherwise. */
export function useConnected(): boolean {
  return useLive().connected;
}

/** Where answers to actions go, so that every list and page shows them at once. */
export function useLiveImports(): LiveImports {
  return useLive().imports;
}
