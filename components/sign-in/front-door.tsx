import type { ReactNode } from 'react';
import { Mark } from '@/components/shell/logo';
import { Card } from '@/components/ui/card';

/** The narrow page for visitors who are not signed in. */
export function FrontDoor({
  title,
  about,
  children,
}: {
  title: string;
  about: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="mx-auto w-full max-w-md px-4 pt-10 sm:pt-16">
      <div className="mb-6 text-center">
        <Mark className="mx-auto size-12" />
        <h1 className="mt-5 text-2xl font-semibold tracking-tight text-balance">{title}</h1>
        <div className="mt-2 text-sm leading-relaxed text-pretty text-muted">{about}</div>
      </div>
      <Card className="p-5 sm:p-7">{children}</Card>
    </div>
  );
}
