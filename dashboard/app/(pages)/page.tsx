import type { Metadata } from 'next';
import { consumes } from '../../api/consumers.ts';
import { Overview } from '../../features/workloads/overview.tsx';
import { overviewTexts } from '../../ui/texts/overview.ts';

export const metadata: Metadata = { title: overviewTexts.title };

export default function OverviewPage() {
  return <Overview consumes={[...consumes]} />;
}
