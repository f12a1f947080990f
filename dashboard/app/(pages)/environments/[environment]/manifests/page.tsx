import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ManifestBrowser } from '../../../../../features/manifests/manifest-browser.tsx';
import { manifestTexts } from '../../../../../ui/texts/manifests.ts';

interface Props { readonly params: Promise<{ readonly environment: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: manifestTexts.of((await params).environment) };
}

export default async function ManifestsPage({ params }: Props) {
  const { environment } = await params;
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(environment)) notFound();
  return <ManifestBrowser environment={environment} />;
}
