import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

type NoticeTone = 'info' | 'ok' | 'warn' | 'danger';

const looks = {
  info: { box: 'border-accent/25 bg-accent-soft', icon: 'text-accent', Icon: Info },
  ok: { box: 'border-ok/25 bg-ok-soft', icon: 'text-ok', Icon: CircleCheck },
  warn: { box: 'border-warn/30 bg-warn-soft', icon: 'text-warn', Icon: TriangleAlert },
  danger: { box: 'border-danger/30 bg-danger-soft', icon: 'text-danger', Icon: CircleAlert },
} as const;

/** Something the person should know: what happened, what to do, and perhaps a button for it. */
export function Notice({
  tone = 'info',
  title,
  children,
  action,
}: {
  tone?: NoticeTone;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const { box, icon, Icon } = looks[tone];
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`flex flex-wrap items-start gap-x-4 gap-y-3 rounded-xl border px-4 py-3.5 ${box}`}
    >
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${icon}`} />
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium [overflow-wrap:anywhere]">{title}</p>
        {children && (
          <div className="mt-0.5 text-sm leading-relaxed [overflow-wrap:anywhere] text-ink/85">
            {children}
          </div>
        )}
      </div>
      {action}
    </div>
  );
}
