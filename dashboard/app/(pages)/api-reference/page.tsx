import type { Metadata } from 'next';
import { ApiReference } from '../../../features/api-reference/api-reference.tsx';
import { apiTexts } from '../../../ui/texts/api-reference.ts';

export const metadata: Metadata = { title: apiTexts.title };

export default function ApiReferencePage() {
  return <ApiReference />;
}
