import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '@/components/api/client';
import type { Candidate } from '@/lib/shared/schema/dataset/candidate';
import type { ProposedColumn } from '@/lib/shared/schema/file/proposed-column';

/** The datasets that have the columns of a file. One that was made after its upload is none that it was meant for. */
export function useCandidates(
  columns: ProposedColumn[],
  uploadedAt: string,
): { candidates: Candidate[]; isLoading: boolean } {
  const headers = useMemo(() => columns.map(({ name }) => name), [columns]);
  const { data, isLoading } = useQuery({
    queryKey: ['candidates', headers],
    queryFn: ({ signal }) => api.post('/dataset-matches', { body: { headers }, signal }),
    enabled: headers.length > 0,
    // An import may have made another since.
    gcTime: 0,
  });
  const candidates = useMemo(
    () => (data?.candidates ?? []).filter(({ dataset }) => dataset.createdAt <= uploadedAt),
    [data, uploadedAt],
  );
  return { candidates, isLoading };
}
