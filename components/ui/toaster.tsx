'use client';

import { X } from 'lucide-react';
import { Toast } from 'radix-ui';
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { Button } from './button';

interface Message {
  id: number;
  tone: 'ok' | 'danger';
  title: string;
  about?: string;
  /** The way back, or on: a button that closes the message as well. */
  action?: { label: string; onAct: () => void };
}

type Show = (message: Omit<Message, 'id'>) => void;

const ToastContext = createContext<Show>(() => undefined);
let lastId = 0;

/** Shows short messages in a corner, read out by screen readers. */
export function Toaster({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const show = useCallback<Show>((message) => {
    lastId += 1;
    const id = lastId;
    setMessages((now) => [...now.slice(-3), { ...message, id }]);
  }, []);
  return (
    <ToastContext value={show}>
      <Toast.Provider swipeDirection="right" duration={8_000}>
        {children}
        {messages.map((message) => (
          <Toast.Root
            key={message.id}
            type={message.tone === 'danger' ? 'foreground' : 'background'}
            // Whoever is offered something needs the time to read it and to come to it.
            duration={message.action ? 20_000 : undefined}
            onOpenChange={(open) => {
              if (!open) setMessages((now) => now.filter((m) => m.id !== message.id));
            }}
            className={`flex items-start gap-3 rounded-xl border bg-surface p-4 shadow-2xl ${message.tone === 'danger' ? 'border-danger/50' : 'border-ok/40'}`}
          >
            <div className="min-w-0 flex-1 text-sm [overflow-wrap:anywhere]">
              <Toast.Title className={`font-medium ${message.tone === 'danger' ? 'text-danger' : 'text-ok'}`}>
                {message.title}
              </Toast.Title>
              {message.about && (
                <Toast.Description className="mt-0.5 text-muted">{message.about}</Toast.Description>
              )}
            </div>
            {message.action && (
              <Toast.Action asChild altText={message.action.label}>
                <Button size="sm" onClick={message.action.onAct}>
                  {message.action.label}
                </Button>
              </Toast.Action>
            )}
            <Toast.Close aria-label="Close message" className="rounded p-0.5 text-muted hover:text-ink">
              <X aria-hidden className="size-4" />
            </Toast.Close>
          </Toast.Root>
        ))}
        <Toast.Viewport className="print:hidden fixed right-4 bottom-4 z-50 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2 outline-none" />
      </Toast.Provider>
    </ToastContext>
  );
}

/** Shows a message for a while. */
export function useToast(): Show {
  return useContext(ToastContext);
}
