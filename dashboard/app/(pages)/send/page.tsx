import type { Metadata } from 'next';
import { Composer } from '../../../features/composer/composer.tsx';
import { composerTexts } from '../../../ui/texts/composer.ts';

export const metadata: Metadata = { title: composerTexts.title };

export default function SendPage() {
  return <Composer />;
}
