import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { PullView } from '../../../../features/pulls/pull-view.tsx';
import { pullTexts } from '../../../../ui/texts/pulls.ts';

interface Props { readonly params: Promise<{ readonly number: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: pullTexts.one((await params).number) };
}

export default async function PullPage({ params }: Props) {
  const { number } = await params;
  if (!/^[1-9][0-9]{0,8}$/.test(number)) notFound();
  return <PullView number={Number(number)} />;
}
