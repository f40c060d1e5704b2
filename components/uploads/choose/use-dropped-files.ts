'use client';

import { useToast } from '@/components/ui/toaster';

/** The files of what was dropped. Of folders, which browsers pass off as files that cannot be read, it says so. */
export function useDroppedFiles(): (dropped: DataTransfer | null) => File[] {
  const toast = useToast();
  return (dropped) => {
    const entries = [...(dropped?.items ?? [])]
      .filter(({ kind }) => kind === 'file')
      .map((item) => item.webkitGetAsEntry());
    const folders = new Set(entries.filter((entry) => entry?.isDirectory).map((entry) => entry?.name ?? ''));
    for (const name of folders)
      toast({ tone: 'danger', title: `“${name}” is a folder`, about: 'Drop the files in it instead.' });
    return [...(dropped?.files ?? [])].filter(({ name }) => !folders.has(name));
  };
}
