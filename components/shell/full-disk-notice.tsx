'use client';

import { useQuery } from '@tanstack/react-query';
import { getProblem } from '@/components/api/health';
import { Notice } from '@/components/ui/notice';

/** On every page, while the disk is full. */
export function FullDiskNotice() {
  const { data: problem } = useQuery({
    queryKey: ['problem'],
    queryFn: ({ signal }) => getProblem(signal),
    refetchInterval: 5_000,
    retry: false,
  });
  if (!problem) return null;
  return (
    <div className="mx-auto w-full max-w-6xl px-4 pt-4 sm:px-6">
      <Notice tone="danger" title="The disk is full">
        {problem}
      </Notice>
    </div>
  );
}
