'use client';

import { useProblem } from '@/components/api/use-problem';
import { Notice } from '@/components/ui/notice';

/** On every page, while the disk is full. */
export function FullDiskNotice() {
  const { data: problem } = useProblem();
  if (!problem) return null;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-4 sm:px-6">
      <Notice tone="danger" title="The disk is full">
        {problem}
      </Notice>
    </div>
  );
}
