import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { readLibrary, type Doc } from '../../../../api/docs.ts';
import { DocView } from '../../../../features/docs/doc-view.tsx';
import { docsTexts } from '../../../../ui/texts/docs.ts';

interface Props { readonly params: Promise<{ readonly path?: readonly string[] }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await docAt(params))?.title ?? docsTexts.title };
}

export default async function DocsPage({ params }: Props) {
  const doc = await docAt(params);
  if (!doc) notFound();
  return <DocView doc={doc} index={readLibrary().map(({ path, title }) => ({ path, title }))} />;
}

async function docAt(params: Props['params']): Promise<Doc | undefined> {
  const { path = ['README.md'] } = await params;
  return readLibrary().find((doc) => doc.path === path.map((part) => decodeURIComponent(part)).join('/'));
}
