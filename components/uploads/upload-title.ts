import { formatPercent } from '@/components/format/percent';
import { isUnderWay, type UploadItem } from './upload-item';

/**
 * What the tab is called while files go up in it, so that somebody who works in another tab sees how far they are: “62 %
 * · orders.csv”. Null where none does.
 */
export function uploadTitle(uploads: readonly UploadItem[]): string | null {
  const [first, ...others] = uploads.filter(isUnderWay);
  if (!first) return null;
  const all = [first, ...others];
  const sum = (bytes: (item: UploadItem) => number) => all.reduce((total, item) => total + bytes(item), 0);
  const percent = formatPercent(
    sum(({ bytesSent }) => bytesSent),
    sum(({ fileSize }) => fileSize),
  );
  return `${percent} · ${others.length === 0 ? first.fileName : `${all.length} files`}`;
}
