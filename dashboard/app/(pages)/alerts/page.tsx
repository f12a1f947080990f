import type { Metadata } from 'next';
import { AlertsView } from '../../../features/alerts/alerts-view.tsx';
import { alertTexts } from '../../../ui/texts/alerts.ts';

export const metadata: Metadata = { title: alertTexts.title };

export default function AlertsPage() {
  return <AlertsView />;
}
