import type { Metadata } from 'next';
import { MetricsView } from '../../../features/metrics/metrics-view.tsx';
import { metricTexts } from '../../../ui/texts/metrics.ts';

export const metadata: Metadata = { title: metricTexts.title };

export default function MetricsPage() {
  return <MetricsView />;
}
