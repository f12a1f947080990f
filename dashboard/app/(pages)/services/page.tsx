import type { Metadata } from 'next';
import { consumes } from '../../../api/consumers.ts';
import { ServicesView } from '../../../features/services/services-view.tsx';
import { serviceTexts } from '../../../ui/texts/services.ts';

export const metadata: Metadata = { title: serviceTexts.title };

export default function ServicesPage() {
  return <ServicesView consumes={[...consumes]} />;
}
