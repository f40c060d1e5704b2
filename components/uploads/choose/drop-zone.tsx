'use client';

import { FileUp } from 'lucide-react';
import { type DragEvent, useId, useState } from 'react';
import { useDroppedFiles } from './use-dropped-files';

/** A place to drop files on, and a file input for everyone who would rather choose them. */
export function DropZone({
  title,
  about,
  multiple = false,
  accept = '.csv,.tsv,.tab,.txt,.dat,.gz,.zip,.xlsx,.xlsm,.xlsb,.xls,.ods,.fods,.html,.htm,.xml',
  large = false,
  onFiles,
}: {
  title: string;
  about: string;
  multiple?: boolean;
  accept?: string;
  large?: boolean;
  onFiles: (files: File[]) => void;
}) {
  const id = useId();
  const [over, setOver] = useState(false);
  const filesOf = useDroppedFiles();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const files = filesOf(event.dataTransfer);
    const taken = multiple ? files : files.slice(0, 1);
    if (taken.length > 0) onFiles(taken);
  };
  return (
    <label
      htmlFor={id}
      data-drop-zone
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={`group relative flex cursor-pointer flex-col items-center justify-center overflow-hidden rounded-3xl border-2 border-dashed px-6 text-center transition-colors focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-accent ${large ? 'min-h-72 py-14' : 'py-9'} ${over ? 'border-accent bg-accent-soft' : 'border-field/60 bg-surface hover:border-accent hover:bg-accent-soft/40'}`}
    >
      <span
        aria-hidden
        className={`mb-4 flex items-center justify-center rounded-2xl bg-accent-soft text-accent transition-transform group-hover:-translate-y-0.5 ${large ? 'size-16' : 'size-12'}`}
      >
        <FileUp className={large ? 'size-8' : 'size-6'} strokeWidth={1.7} />
      </span>
      <span className={`font-semibold tracking-tight ${large ? 'text-xl' : 'text-base'}`}>
        {over ? 'Let go to upload' : title}
      </span>
      <span className="mt-1.5 max-w-md text-sm leading-relaxed text-muted">{about}</span>
      <span className="mt-5 inline-flex h-10 items-center rounded-lg bg-accent px-4 text-sm font-medium text-on-accent shadow-sm group-hover:bg-accent-strong">
        Choose {multiple ? 'files' : 'the file'}
      </span>
      <input
        id={id}
        type="file"
        aria-label={`Choose ${multiple ? 'files' : 'the file'}`}
        accept={accept}
        multiple={multiple}
        className="sr-only"
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </label>
  );
}
