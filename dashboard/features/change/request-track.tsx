import { courseTexts as said } from '../../ui/texts/course.ts';
import type { ChangeRequest } from '../../api/delivery.ts';
import { courseOf, onlyOnMain, type StopState, type Stop } from './course.ts';

interface Props { readonly request: Pick<ChangeRequest, 'status' | 'pull' | 'commit' | 'outcome'> }

/** How far a change got, as the stops of one line. */
export function RequestTrack({ request }: Props) {
  const course = courseOf(request);
  return (
    <ol aria-label={said.track} className="grid grid-cols-4" data-status={request.status}>
      {course.map((stop, index) => <StopMark key={stop.stop} {...stop} request={request} first={index === 0} reached={index > 0 && stop.state !== 'ahead'} />)}
    </ol>
  );
}

interface StopProps extends StopState, Props { readonly first: boolean; readonly reached: boolean }

function StopMark({ stop, state, request, first, reached }: StopProps) {
  const { status } = request;
  const short = onlyOnMain(request);
  const wrong = state === 'ended' && status !== 'unchanged' && status !== 'closed';
  const colour = wrong ? 'text-wrong' : state === 'ahead' ? 'text-dim' : status === 'succeeded' && !short ? 'text-[var(--health-healthy)]' : state === 'ended' ? 'text-dim' : 'text-go';
  return (
    <li data-stop={stop} data-state={state} aria-current={state === 'here' ? 'step' : undefined} className={`relative grid justify-items-center gap-1 text-center ${colour}`}>
      {!first && <span aria-hidden="true" className={`absolute top-[0.5625rem] right-[calc(50%+0.625rem)] h-1 w-[calc(100%-1.25rem)] ${reached ? 'bg-current' : 'bg-rule'}`} />}
      <svg viewBox="0 0 24 24" className={`relative size-[1.375rem] ${state === 'here' ? 'motion-safe:animate-pulse' : ''}`} aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="3.5" strokeLinecap="round" strokeLinejoin="round">
        <circle cx="12" cy="12" r="9.5" className={state === 'ahead' ? 'fill-panel stroke-rule' : 'fill-panel'} />
        {state === 'here' && <circle cx="12" cy="12" r="3" fill="currentColor" />}
        {state === 'ended' && <path d="M8.5 8.5l7 7M15.5 8.5l-7 7" strokeWidth="2.75" />}
        {state === 'passed' && stop === (short ? 'merged' : 'succeeded') && <path d="M7.5 12.5l3 3 6-6.5" strokeWidth="2.75" />}
      </svg>
      <span className={`px-0.5 text-[0.8125rem] leading-tight ${state === 'ahead' ? '' : 'font-extrabold'}`}>{labelOf(stop, state, status)}</span>
    </li>
  );
}

function labelOf(stop: Stop, state: StopState['state'], status: ChangeRequest['status']): string {
  const end: Readonly<Partial<Record<string, string>>> = said.ended;
  return (state === 'ended' ? end[status] : undefined) ?? said.stops[stop];
}
