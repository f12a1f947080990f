import type { Metadata } from 'next';
import { HistoryView } from '../../../features/history/history-view.tsx';
import { historyTexts } from '../../../ui/texts/history.ts';

export const metadata: Metadata = { title: historyTexts.title };

export default function HistoryPage() {
  return <HistoryView />;
}
