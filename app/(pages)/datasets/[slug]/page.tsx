import type { Metadata } from 'next';
import { DatasetScreen } from '@/components/datasets/dataset-screen';

export const metadata: Metadata = { title: 'Dataset' };

export default async function DatasetPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  return <DatasetScreen slug={decodeURIComponent(slug)} />;
}
