import type { InspectionView } from '@/lib/shared/schema/file/inspection';
import type { ChoosingStep, ImportDraft } from '@/lib/shared/schema/import/draft';

/** The steps in which an import is prepared: those that a file has, whether it takes a person to decide them or not. */
export function choosingStepsOf(inspection: InspectionView | null): ChoosingStep[] {
  const several = (inspection?.layout.sheets.length ?? 0) > 1;
  return several ? ['SHEET', 'HEADER', 'COLUMNS'] : ['HEADER', 'COLUMNS'];
}

/** The next step in which something is uncertain: a sheet where several could be meant, a header that nothing shows. */
export function stepAfter(step: ChoosingStep | null, inspection: InspectionView): ChoosingStep {
  const { layout, headerSure } = inspection;
  const meant = layout.sheets.filter(({ state, hasRows }) => state === 'visible' && hasRows);
  if (step === null && meant.length > 1) return 'SHEET';
  return step !== 'HEADER' && !headerSure ? 'HEADER' : 'COLUMNS';
}

/** The step before, uncertain or not; null before the first. */
export function stepBefore(step: ChoosingStep, inspection: InspectionView): ChoosingStep | null {
  const steps = choosingStepsOf(inspection);
  return steps[steps.indexOf(step) - 1] ?? null;
}

/** The step that a person is at. */
export function choosingStep(inspection: InspectionView, { step }: ImportDraft): ChoosingStep {
  return step && choosingStepsOf(inspection).includes(step) ? step : stepAfter(null, inspection);
}
