'use client';
import { ProblemError } from '../../api/problem.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { EmptyNote } from '../../ui/state-note.tsx';
import { logTexts as said } from '../../ui/texts/logs.ts';
import { LogRow } from './log-row.tsx';
import { useLineContext } from './use-logs.ts';

interface Props { readonly id: number; readonly onToggle: (id: number, opened: boolean) => void }

/** The line that the address names, when the lines that were found are without it: the range has moved on, or the search is another one. */
export function LineApart({ id, onToggle }: Props) {
  const { data, error, refetch } = useLineContext(id);
  const line = data?.lines.find((each) => each.id === id);
  if (line) {
    return (
      <section aria-label={said.apart} data-apart={id} className="panel min-w-0 overflow-clip">
        <p className="border-b border-rule px-4 py-2 text-sm text-dim sm:px-5">{said.apartSaid}</p>
        <ol><LogRow line={line} open onToggle={onToggle} /></ol>
      </section>
    );
  }
  if (data || (error instanceof ProblemError && error.problem.status === 404)) return <EmptyNote title={said.gone(id)} next={said.goneNext} />;
  return error ? <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} /> : null;
}
