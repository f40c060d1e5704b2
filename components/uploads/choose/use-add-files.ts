'use client';

import { queryOptions, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { api } from '@/components/api/client';
import { useUploadStore } from '../use-uploads';

/** The dataset that files go into, by its slug. */
export const targetQuery = (into: string) =>
  queryOptions({
    queryKey: ['dataset', into],
    queryFn: ({ signal }) => api.get('/datasets/{slug}', { params: { path: { slug: into } }, signal }),
    // One that is gone is no reason not to import.
    retry: false,
  });

/**
 * Has files go up, and opens the page of the only one; several are watched on the start page. They go into the dataset
 * with this slug, unless the person may only look at it; null: chosen later.
 */
export function useAddFiles(): (files: File[], into: string | null) => Promise<void> {
  const store = useUploadStore();
  const router = useRouter();
  const client = useQueryClient();
  return async (files, into) => {
    // Whoever is quick drops files before its name is there.
    const target = into === null ? null : await client.ensureQueryData(targetQuery(into)).catch(() => null);
    const dataset = target && target.right !== 'VIEW' ? target.name : undefined;
    if (files.length > 1 && window.location.pathname !== '/') router.push('/');
    const ids = await Promise.all(files.map((file) => store.add(file, { dataset })));
    const [only] = ids;
    if (ids.length === 1 && only) router.push(`/imports/${only}`);
  };
}
