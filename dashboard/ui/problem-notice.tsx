import Link from 'next/link';
import type { Problem } from '../api/problem.ts';
import { shortId } from './format.ts';
import { texts } from './texts.ts';
import { Words } from './words.tsx';

interface Props { readonly problem: Problem; readonly onRetry?: (() => void) | undefined; readonly watch?: string }

/** An error as a person needs it: what, where, why, what to do, its trace, and the retry. */
export function ProblemNotice({ problem, onRetry, watch = texts.problem.watch }: Props) {
  return (
    <div role="alert" className="grid gap-3 rounded-md border-l-[6px] border-wrong bg-wrong-ground p-4">
      <h3 className="text-lg text-wrong">{problem.title}</h3>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
        {problem.at && <Row name={texts.problem.at}><strong>{problem.at}</strong></Row>}
        <Row name={texts.problem.why}><Words text={problem.detail} /></Row>
        {problem.fix && <Row name={texts.problem.fix}><Words text={problem.fix} /></Row>}
        {problem.traceId && <Row name={texts.problem.trace}><span className="font-mono text-sm break-all">{problem.traceId}</span></Row>}
      </dl>
      {(onRetry || problem.traceId) && (
        <div className="flex flex-wrap gap-3">
          {onRetry && <button type="button" className="button-plain" onClick={onRetry}>{texts.problem.retry}</button>}
          {problem.traceId && <Link className="button-plain" href={`/journeys/${problem.traceId}`} aria-label={`${watch} ${shortId(problem.traceId)}`}>{watch}</Link>}
        </div>
      )}
    </div>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return <><dt className="text-dim">{name}</dt><dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd></>;
}
