import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { consumes } from '../../../../api/consumers.ts';
import { JourneyView } from '../../../../features/journey/journey-view.tsx';
import { journeyTexts } from '../../../../ui/texts/journeys.ts';
import { shortId } from '../../../../ui/format.ts';

interface Props { readonly params: Promise<{ readonly traceId: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `${journeyTexts.trace} ${shortId((await params).traceId)}` };
}

export default async function JourneyPage({ params }: Props) {
  const { traceId } = await params;
  if (!/^[0-9a-f]{32}$/.test(traceId)) notFound();
  return <JourneyView traceId={traceId} consumes={[...consumes]} />;
}
