'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { readFamily, readNames } from '../../api/metrics.ts';
import { Field } from '../../ui/field.tsx';
import { formatAge } from '../../ui/format.ts';
import { problemOf } from '../../ui/problem-of.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { metricTexts as said } from '../../ui/texts/metrics.ts';
import { useUrlState } from '../../ui/url-state.ts';
import { figuresEveryMs } from '../figures/use-figures.ts';
import { spanOf, type Range } from '../figures/range.ts';
import { Chart } from './chart.tsx';
import { mostLines } from './lines.ts';

interface Props { readonly range: Range; /** The newest second of the stream; undefined while nothing comes second by second. */ readonly tick: number | undefined; readonly onZoom: (from: number, to: number) => void }

/** Whatever else is kept, by name. */
export function FamilyChart({ range, tick, onZoom }: Props) {
  const [name, setName] = useUrlState('family');
  const names = useQuery({ queryKey: ['metric names'], queryFn: ({ signal }) => readNames(signal), staleTime: 30_000 });
  const family = useQuery({
    queryKey: ['family', name, range], queryFn: ({ signal }) => readFamily({ name: name ?? '', ...spanOf(range, Date.now()) }, signal), enabled: name !== null,
    refetchInterval: range.kind === 'last' && tick === undefined && figuresEveryMs, placeholderData: keepPreviousData,
  });
  const { refetch } = family;
  // The stream tells of no families: each of its seconds says that there is a new value to ask for. A slow answer is waited for.
  useEffect(() => {
    if (tick !== undefined && name !== null && !document.hidden) void refetch({ cancelRefetch: false });
  }, [tick, name, refetch]);
  const { series } = family.data ?? {};
  const drawn = useMemo(() => (series ?? []).slice(0, mostLines).map(({ service, labels, value }) => ({ name: [service, ...Object.entries(labels).map(([label, said]) => `${label}=${said}`)].join(' '), values: value })), [series]);
  const at = useMemo(() => (series?.[0]?.at ?? []).map((ms) => ms / 1000), [series]);
  const failed = names.error ?? family.error;
  const chosen = names.data?.names.find((each) => each.name === name);
  return (
    <section aria-label={said.family} className="panel grid min-w-0 gap-4 p-4 sm:p-5">
      {failed && <ProblemNotice problem={problemOf(failed)} onRetry={() => { void names.refetch(); void family.refetch(); }} />}
      <Field name={said.family} hint={chosen && `${said.familyOf(chosen.kind, chosen.series)}, ${said.familyNote[chosen.kind]}`}>
        <select className="field" value={name ?? ''} onChange={(event) => setName(event.target.value === '' ? null : event.target.value)}>
          <option value="">{said.chooseFamily}</option>
          {names.data?.names.map((each) => <option key={each.name}>{each.name}</option>)}
        </select>
      </Field>
      {name !== null && series?.length === 0 && <p><strong>{said.noFamily}</strong> <span className="text-dim">{said.noFamilyNext}</span></p>}
      {name !== null && drawn.length > 0 && <Chart name={name} unit="" label={said.chartLabel(name, drawn.length)} at={at} lines={drawn} onZoom={onZoom} />}
      {name !== null && series && series.length > drawn.length && <p className="text-sm text-dim">{said.first(drawn.length, series.length)}</p>}
      {names.data && <p className="text-sm text-dim" data-retention>{said.retention}: {[...Map.groupBy(names.data.resolutions, ({ keptSeconds }) => keptSeconds)].map(([kept, some]) => said.resolution(formatAge((some[0]?.seconds ?? 0) * 1000), formatAge(kept * 1000), some.length > 1)).join('; ')}.</p>}
    </section>
  );
}
