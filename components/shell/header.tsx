'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useSession } from '@/components/sign-in/session-provider';
import { AccountMenu } from './account-menu';
import { Mark } from './logo';

const places = [
  { href: '/', label: 'Import' },
  { href: '/imports', label: 'History' },
  { href: '/datasets', label: 'Datasets' },
] as const;

/** The bar at the top of every page. */
export function Header() {
  const path = usePathname();
  const session = useSession();
  return (
    <header className="print:hidden sticky top-0 z-30 border-b border-line bg-surface/90 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-3 px-4 sm:gap-8 sm:px-6">
        <Link href="/" aria-label="Sluice, start page" className="flex items-center gap-2.5 rounded-lg">
          <Mark className="size-8" />
          <span className="text-[17px] font-semibold tracking-tight max-[429px]:hidden">Sluice</span>
        </Link>
        {session && (
          <nav aria-label="Main" className="ml-auto flex gap-0.5 sm:ml-0 sm:gap-1">
            {places.map(({ href, label }) => {
              const here = href === '/' ? path === '/' : path.startsWith(href);
              return (
                <Link
                  key={href}
                  href={href}
                  aria-current={here ? 'page' : undefined}
                  className={`rounded-lg px-2.5 py-1.5 text-sm font-medium transition-colors sm:px-3 ${here ? 'bg-accent-soft text-accent-strong' : 'text-muted hover:bg-sunken hover:text-ink'}`}
                >
                  {label}
                </Link>
              );
            })}
          </nav>
        )}
        {session && (
          <div className="sm:ml-auto">
            <AccountMenu session={session} />
          </div>
        )}
      </div>
    </header>
  );
}
