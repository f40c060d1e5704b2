import { ArrowLeft, ArrowRight } from 'lucide-react';
import { Button } from '@/components/ui/button';

/** The end of a step: back, where there is a step before, and on. */
export function StepBar({
  onBack,
  onContinue,
  reading,
}: {
  onBack: (() => void) | null;
  onContinue: () => void;
  reading: boolean;
}) {
  return (
    <div className="sticky bottom-3 z-20 flex items-center justify-between gap-3 rounded-2xl border border-line bg-surface/95 px-4 py-3 shadow-2xl backdrop-blur sm:bottom-5 sm:px-6 sm:py-4">
      {onBack ? <BackButton onClick={onBack} /> : <span />}
      <span role="status" className="text-sm text-muted">
        {reading && 'Reading the file…'}
      </span>
      <Button variant="primary" disabled={reading} onClick={onContinue}>
        Continue
        <ArrowRight aria-hidden />
      </Button>
    </div>
  );
}

/** To the step before; what was chosen is kept. */
export function BackButton({ onClick }: { onClick: () => void }) {
  return (
    <Button onClick={onClick}>
      <ArrowLeft aria-hidden />
      Back
    </Button>
  );
}
