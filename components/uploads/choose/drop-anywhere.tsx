'use client';

import { useQueryClient } from '@tanstack/react-query';
import { FileUp } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { isDialogOpen } from './is-dialog-open';
import { targetQuery, useAddFiles } from './use-add-files';
import { useDroppedFiles } from './use-dropped-files';

/** Browsers tell every 50 to 350 ms that files are dragged over a page, and nothing when that ends elsewhere. */
const silenceMs = 1_000;

/**
 * Lets files be dropped anywhere on a page, where they do not fall into a zone with a meaning of its own. On a dataset's
 * page they go into that dataset.
 */
export function DropAnywhere() {
  const [isOver, setOver] = useState(false);
  const add = useAddFiles();
  const filesOf = useDroppedFiles();
  const take = useEffectEvent((event: DragEvent) => {
    const files = filesOf(event.dataTransfer);
    if (files.length > 0) void add(files, datasetOfPage());
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const show = (over: boolean) => {
      clearTimeout(timer);
      setOver(over);
      if (over) timer = setTimeout(() => setOver(false), silenceMs);
    };
    const over = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      // Otherwise a file that misses a zone replaces the page, and with it every upload.
      event.preventDefault();
      show(isFree(event));
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) show(false);
    };
    const drop = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      show(false);
      const isTaken = event.defaultPrevented;
      event.preventDefault();
      if (!isTaken && isFree(event)) take(event);
    };
    const ends = new AbortController();
    const { signal } = ends;
    window.addEventListener('dragover', over, { signal });
    window.addEventListener('dragleave', leave, { signal });
    window.addEventListener('drop', drop, { signal });
    return () => {
      clearTimeout(timer);
      ends.abort();
    };
  }, []);
  const client = useQueryClient();
  if (!isOver) return null;
  const into = datasetOfPage();
  const target = into === null ? undefined : client.getQueryData(targetQuery(into).queryKey);
  return (
    <div aria-hidden className="pointer-events-none fixed inset-0 z-40 p-2 sm:p-3 print:hidden">
      <div className="flex size-full items-end justify-center rounded-3xl border-4 border-dashed border-accent bg-accent/10 pb-10">
        <p className="flex items-center gap-3 rounded-2xl bg-accent px-6 py-4 text-lg font-semibold [overflow-wrap:anywhere] text-on-accent shadow-2xl [&_svg]:shrink-0">
          <FileUp className="size-6" />
          {target && target.right !== 'VIEW' ? `Drop to import into “${target.name}”` : 'Drop to import'}
        </p>
      </div>
    </div>
  );
}

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false;

/** Whether neither a zone nor an open dialog has a say in what happens here. */
function isFree({ target }: DragEvent): boolean {
  if (target instanceof Element && target.closest('[data-drop-zone]')) return false;
  return !isDialogOpen();
}

/** The dataset that the page is about, by its slug. */
function datasetOfPage(): string | null {
  const { pathname, search } = window.location;
  const [, slug] = /^\/datasets\/([^/]+)$/.exec(pathname) ?? [];
  if (slug !== undefined) return decodeURIComponent(slug);
  return pathname === '/' ? new URLSearchParams(search).get('into') : null;
}
