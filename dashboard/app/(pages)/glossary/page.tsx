import type { Metadata } from 'next';
import { Glossary } from '../../../features/glossary/glossary.tsx';
import { glossaryTexts } from '../../../ui/texts/docs.ts';

export const metadata: Metadata = { title: glossaryTexts.title };

export default function GlossaryPage() {
  return <Glossary />;
}
