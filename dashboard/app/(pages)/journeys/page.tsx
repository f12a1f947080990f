import type { Metadata } from 'next';
import { JourneyList } from '../../../features/journeys/journey-list.tsx';
import { texts } from '../../../ui/texts.ts';

export const metadata: Metadata = { title: texts.journeys.title };

export default function JourneysPage() {
  return <JourneyList />;
}
