'use client';

import { useMutation } from '@tanstack/react-query';
import { sentenceOf } from '@/components/api/client';
import { useLiveImports } from '@/components/live/live-provider';
import { useToast } from '@/components/ui/toaster';
import type { ImportView } from '@/lib/shared/schema/import/import';

/**
 * Something a person does to an import: its answer is shown everywhere at once, its failure as a message.
 * @param failed what to say when it did not work: “The import was not cancelled”
 * @param done what to say when it did, where the page does not show it
 */
export function useImportAction<Input = void>(
  action: (input: Input) => Promise<ImportView>,
  failed: string,
  done?: (input: Input) => { title: string; about?: string },
) {
  const live = useLiveImports();
  const toast = useToast();
  return useMutation({
    mutationFn: action,
    onSuccess: (view, input) => {
      live.take(view);
      if (done) toast({ tone: 'ok', ...done(input) });
    },
    onError: (error) => toast({ tone: 'danger', title: failed, about: sentenceOf(error) }),
  });
}
