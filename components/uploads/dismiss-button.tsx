import { X } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { UploadItem } from './upload-item';
import { useUploadStore } from './use-uploads';

/** Takes an upload that has ended off the screen. */
export function DismissButton({ item }: { item: UploadItem }) {
  const store = useUploadStore();
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={`Dismiss ${item.fileName}`}
      onClick={() => store.dismiss(item.key)}
    >
      <X aria-hidden />
    </Button>
  );
}
