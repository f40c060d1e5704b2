'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sentenceOf } from '@/components/api/client';
import { useToast } from '@/components/ui/toaster';

/**
 * Something an administrator does to people: the lists are asked for anew after it, its failure is a message.
 * @param failed what to say when it did not work
 */
export function useUsersAction<Input, Output>(action: (input: Input) => Promise<Output>, failed: string) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: action,
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['people'] });
      await client.invalidateQueries({ queryKey: ['invitations'] });
      // One may have changed one's own role.
      await client.invalidateQueries({ queryKey: ['session'] });
    },
    onError: (error) => toast({ tone: 'danger', title: failed, about: sentenceOf(error) }),
  });
}
