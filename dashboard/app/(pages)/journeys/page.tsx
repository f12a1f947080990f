import type { Metadata } from 'next';
import { JourneyList } from '../../../features/journeys/journey-list.tsx';
import { journeysTexts } from '../../../ui/texts/journeys.ts';

export const metadata: Metadata = { title: journeysTexts.title };

export default function JourneysPage() {
  return <JourneyList />;
}
