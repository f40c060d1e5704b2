import { formatPercent } from '@/components/format/percent';
import type { ImportView } from '@/lib/shared/schema/import/import';
import { statusLabel } from './status-badge';

/** What of an import its title is made of. */
interface Titled extends Pick<ImportView, 'status' | 'bytesRead'> {
  file: Pick<ImportView['file'], 'name' | 'bytes'>;
}

/** How far an upload of this tab is. */
interface UploadedBytes {
  bytesSent: number;
  fileSize: number;
}

/**
 * What the tab of an import is called: how far it is, or how it stands, and the file. Whoever works in another tab sees
 * when it is done.
 * @param upload its upload, where it runs in this tab
 */
export function tabTitle({ status, file, bytesRead }: Titled, upload?: UploadedBytes): string {
  if (status === 'UPLOADING' && upload)
    return `${formatPercent(upload.bytesSent, upload.fileSize)} · ${file.name}`;
  if (status === 'STAGING') return `${formatPercent(bytesRead, file.bytes)} · ${file.name}`;
  return `${statusLabel(status)} · ${file.name}`;
}
