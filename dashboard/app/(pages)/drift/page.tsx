import type { Metadata } from 'next';
import { DriftView } from '../../../features/drift/drift-view.tsx';
import { driftTexts } from '../../../ui/texts/drift.ts';

export const metadata: Metadata = { title: driftTexts.title };

export default function DriftPage() {
  return <DriftView />;
}
