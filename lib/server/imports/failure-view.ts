import { formatAdvice } from '@/lib/shared/formats/advice';
import { type FailureReason, nextStep } from '@/lib/shared/schema/import/failure';
import type { FailureView } from '@/lib/shared/schema/review/correction';

/** Of a format that is not read, the message ends with what to do: said once, in its place. */
export function failureView(reason: FailureReason, message: string): FailureView {
  const advice = formatAdvice.find((sentence) => message.endsWith(` ${sentence}`));
  return advice
    ? { reason, message: message.slice(0, -advice.length - 1), nextStep: advice }
    : { reason, message, nextStep: nextStep(reason) };
}
