'use client';

import type { ReactNode } from 'react';
import { Card, CardHeader } from '@/components/ui/card';
import { StepBar } from './step-bar';

/** A step that asks one question of the file: what can be chosen, what shows the choice, and the way on. */
export function QuestionStep({
  id,
  title,
  about,
  after,
  children,
  ...bar
}: {
  /** Of the group of choices. */
  id: string;
  title: string;
  about: string;
  /** What stands below the choices. */
  after?: ReactNode;
  children: ReactNode;
  onBack: (() => void) | null;
  onContinue: () => void;
  reading: boolean;
}) {
  return (
    <div className="space-y-6">
      <Card className="overflow-hidden">
        <fieldset aria-labelledby={`${id}-title`}>
          <CardHeader id={`${id}-title`} title={title} about={about} />
          {children}
        </fieldset>
        {after}
      </Card>
      <StepBar {...bar} />
    </div>
  );
}
