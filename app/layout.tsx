import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import '@fontsource-variable/inter';
import { Footer } from '@/components/shell/footer';
import { FullDiskNotice } from '@/components/shell/full-disk-notice';
import { Header } from '@/components/shell/header';
import { Providers } from '@/components/shell/providers';
import { Gate } from '@/components/sign-in/gate';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Sluice', template: '%s · Sluice' },
  description: 'Spreadsheets of any size into Postgres: every row accounted for, every import undoable.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1e29' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Asking for it also makes every page one that is rendered when it is asked for: a nonce cannot be built in.
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only z-50 rounded-lg bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <Providers nonce={nonce}>
          <Header />
          <main id="content" className="min-w-0 flex-1">
            <FullDiskNotice />
            <Gate>{children}</Gate>
          </main>
          <Footer />
        </Providers>
      </body>
    </html>
  );
}
