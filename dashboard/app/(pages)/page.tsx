import type { Metadata } from 'next';
import { Overview } from '../../features/workloads/overview.tsx';
import { texts } from '../../ui/texts.ts';

export const metadata: Metadata = { title: texts.overview.title };

export default function OverviewPage() {
  return <Overview />;
}
