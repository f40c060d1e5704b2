'use client';

import { ClipboardPaste, FileSpreadsheet } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { Button } from '@/components/ui/button';
import { useToast } from '@/components/ui/toaster';
import { isDialogOpen } from './is-dialog-open';
import { pastedFile } from './pasted-file';

/** Rows without a file: cells from the clipboard, by button or by the keys for it, and a sample file to try. */
export function OtherWays({ onFiles }: { onFiles: (files: File[]) => void }) {
  const toast = useToast();
  const take = (text: string) => {
    const file = pastedFile(text);
    if (file) return onFiles([file]);
    toast({
      tone: 'danger',
      title: 'There are no rows on the clipboard',
      about: 'Copy cells in your spreadsheet, with their header row, and paste them here.',
    });
  };
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (isTyping(event.target) || isDialogOpen()) return;
    // Spreadsheet programs copy a picture of the cells as well.
    const text = event.clipboardData?.getData('text/plain') ?? '';
    const files = [...(event.clipboardData?.files ?? [])];
    event.preventDefault();
    if (text.trim() === '' && files.length > 0) onFiles(files);
    else take(text);
  });
  useEffect(() => {
    const listener = (event: ClipboardEvent) => paste(event);
    window.addEventListener('paste', listener);
    return () => window.removeEventListener('paste', listener);
  }, []);
  const read = () =>
    // Over plain HTTP from another machine, browsers offer pages no clipboard.
    Promise.resolve()
      .then(() => navigator.clipboard.readText())
      .then(take, () =>
        toast({
          tone: 'danger',
          title: 'The browser does not let this page read the clipboard',
          about: 'Press Ctrl+V (⌘V on a Mac) to paste.',
        }),
      );
  const trySample = async () => onFiles([(await import('./sample-file')).sampleFile()]);
  return (
    <div className="mt-4 flex flex-wrap items-center justify-center gap-2">
      <Button
        size="sm"
        onClick={() => void read()}
        title="Cells copied in a spreadsheet, or the text of a CSV file"
      >
        <ClipboardPaste aria-hidden />
        Paste rows
      </Button>
      <Button size="sm" onClick={() => void trySample()}>
        <FileSpreadsheet aria-hidden />
        Try with a sample file
      </Button>
    </div>
  );
}

/** What is pasted into a field is meant for the field. */
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
