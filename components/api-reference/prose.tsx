import { createElement, type ReactNode } from 'react';

/** Paragraphs of the document: text with `code` and **weight**, which is all the Markdown that is in it. */
export function Prose({ text }: { text: string }) {
  return text.split(/\n{2,}/).map((paragraph) =>
    createElement(
      'p',
      {
        key: paragraph,
        className: 'max-w-prose text-sm leading-relaxed [overflow-wrap:anywhere] text-muted',
      },
      ...paragraph.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map(marked),
    ),
  );
}

function marked(part: string): ReactNode {
  if (part.startsWith('`'))
    return <code className="font-mono text-[13px] text-ink">{part.slice(1, -1)}</code>;
  if (part.startsWith('**')) return <strong className="text-ink">{part.slice(2, -2)}</strong>;
  return part;
}
