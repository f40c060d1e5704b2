import type { Metadata } from 'next';
import { ImportScreen } from '@/components/imports/import-screen';

export const metadata: Metadata = { title: 'Import' };

export default async function ImportPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  return <ImportScreen id={id} />;
}
