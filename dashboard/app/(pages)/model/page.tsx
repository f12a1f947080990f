import type { Metadata } from 'next';
import { ModelView } from '../../../features/model/model-view.tsx';
import { modelTexts } from '../../../ui/texts/model.ts';

export const metadata: Metadata = { title: modelTexts.title };

export default function ModelPage() {
  return <ModelView />;
}
