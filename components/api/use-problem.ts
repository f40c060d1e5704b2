'use client';

import { useQuery } from '@tanstack/react-query';
import { getProblem } from './health';

/** Longer than an upload that fills the line keeps an answer back. */
const patienceMs = 15_000;

/** Asks the server every few seconds what is wrong with it: an error means that it does not answer. */
export function useProblem() {
  return useQuery({
    queryKey: ['problem'],
    queryFn: ({ signal }) => getProblem(AbortSignal.any([signal, AbortSignal.timeout(patienceMs)])),
    refetchInterval: 5_000,
    retry: false,
  });
}
