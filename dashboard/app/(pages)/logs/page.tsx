import type { Metadata } from 'next';
import { LogsView } from '../../../features/logs/logs-view.tsx';
import { logTexts } from '../../../ui/texts/logs.ts';

export const metadata: Metadata = { title: logTexts.title };

export default function LogsPage() {
  return <LogsView />;
}
