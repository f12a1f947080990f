import type { Metadata } from 'next';
import { CompareView } from '../../../../features/compare/compare-view.tsx';
import { compareTexts } from '../../../../ui/texts/runs.ts';

export const metadata: Metadata = { title: compareTexts.title };

export default function ComparePage() {
  return <CompareView />;
}
