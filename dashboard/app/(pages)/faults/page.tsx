import type { Metadata } from 'next';
import { FaultsView } from '../../../features/faults/faults-view.tsx';
import { faultTexts } from '../../../ui/texts/faults.ts';

export const metadata: Metadata = { title: faultTexts.title };

export default function FaultsPage() {
  return <FaultsView />;
}
