'use client';
import type { Entry } from '../../api/delivery.ts';
import { CommitText } from '../../ui/commit-text.tsx';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { LoadingNote } from '../../ui/state-note.tsx';
import { diffTexts } from '../../ui/texts/diff.ts';
import { historyTexts as said } from '../../ui/texts/history.ts';
import { DiffView } from '../diff/diff-view.tsx';
import { plainTitle } from './title.ts';
import { useDiff } from './use-history.ts';

interface Props { readonly from: string; readonly to: string; readonly entries: readonly Entry[]; readonly onClear: () => void }

/** What lies between two points of main, be they far apart. */
export function Compare({ from, to, entries, onClear }: Props) {
  const { data: diff, error, refetch } = useDiff(from, to);
  return (
    <section aria-labelledby="between" className="mb-8 grid gap-4">
      <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="grid min-w-0 gap-1">
          <h2 id="between" className="text-2xl">{said.compareTitle}</h2>
          <dl className="grid grid-cols-[auto_auto_minmax(0,1fr)] gap-x-3">
            {([[said.from, from], [said.to, to]] as const).map(([name, commit]) => (
              <div key={name} className="contents"><dt className="text-dim">{name}</dt><dd><CommitText commit={commit} /></dd><dd className="truncate">{plainTitle(entries.find((entry) => entry.commit === commit)?.title ?? '')}</dd></div>
            ))}
          </dl>
        </div>
        <button type="button" className="button-plain" onClick={onClear}>{said.back}</button>
      </header>
      {error && <ProblemNotice problem={problemOf(error)} onRetry={() => void refetch()} />}
      {!diff && !error && <LoadingNote text={diffTexts.loading} rows={4} />}
      {diff && <DiffView diff={diff} />}
    </section>
  );
}
