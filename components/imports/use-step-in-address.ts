'use client';

import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';
import { type ChoosingStep, choosingSteps } from '@/lib/shared/schema/import/draft';

/** The step of choosing that the address names, so that Back and Forward lead from one to the other. */
export function useStepInAddress(): {
  step: { step?: ChoosingStep };
  push: (step: ChoosingStep) => void;
  replace: (step: ChoosingStep) => void;
} {
  const named = useSearchParams().get('step');
  const step = choosingSteps.find((step) => step.toLowerCase() === named);
  const push = useCallback((to: ChoosingStep) => window.history.pushState(null, '', addressOf(to)), []);
  const replace = useCallback((to: ChoosingStep) => window.history.replaceState(null, '', addressOf(to)), []);
  return { step: step ? { step } : {}, push, replace };
}

const addressOf = (step: ChoosingStep) => `?step=${step.toLowerCase()}`;
