import type { Metadata } from 'next';
import { PullList } from '../../../features/pulls/pull-list.tsx';
import { pullTexts } from '../../../ui/texts/pulls.ts';

export const metadata: Metadata = { title: pullTexts.title };

export default function PullsPage() {
  return <PullList />;
}
