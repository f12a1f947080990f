import { skipToken, useQuery } from '@tanstack/react-query';
import type { Journey } from '../../api/monitoring.ts';
import { tourTexts } from '../../ui/texts/palette.ts';
import { sentAs } from '../composer/sent.ts';
import { useFaults } from '../faults/use-faults.ts';
import { journeyKey } from '../journey/use-journey.ts';
import { useMay } from '../session/use-may.ts';
import type { StepName } from './tour-state.ts';

/** How far a step is that no address answers. */
interface Course {
  readonly done: boolean;
  /** In place of what the step says otherwise. */
  readonly said?: string;
  /** Where it goes on. */
  readonly go?: string;
  /** The reader cannot do it here, and may pass on. */
  readonly stuck?: true;
}
/** Every request to it fails, and a person who reads along has a minute and a half. */
const form = '/faults?workload=configuration&kind=errors&strength=100&seconds=90';

/** The steps `break` and `heal` are about what is really so: a fault that is on, a journey of this reader that failed, no fault any more. */
export function useBreakAndHeal(step: StepName, path: string): Course {
  const { data: faults } = useFaults();
  const operator = useMay('operator');
  const traceId = /^\/journeys\/([0-9a-f]{32})$/.exec(path)?.[1] ?? '';
  // What the page beside it knows already.
  const { data: journey } = useQuery<Journey | null>({ queryKey: journeyKey(traceId), queryFn: skipToken });
  if ((step !== 'break' && step !== 'heal') || !faults) return { done: false };
  const on = faults.faults.some(({ holding }) => holding > 0);
  if (step === 'heal') return { done: !on, go: '/faults' };
  const { again, stuck, forbidden } = tourTexts.steps.break;
  if (!faults.allowed) return { done: false, said: forbidden, stuck: true };
  if (!operator) return { done: false, said: stuck, stuck: true };
  if (!on) return { done: false, go: form };
  const failed = journey?.hops.some(({ status }) => status === 'error') ?? false;
  return { done: failed && sentAs(traceId) !== undefined, said: again, go: '/' };
}
