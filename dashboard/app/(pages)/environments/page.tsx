import type { Metadata } from 'next';
import { Matrix } from '../../../features/matrix/matrix.tsx';
import { environmentTexts } from '../../../ui/texts/environments.ts';

export const metadata: Metadata = { title: environmentTexts.title };

export default function EnvironmentsPage() {
  return <Matrix />;
}
