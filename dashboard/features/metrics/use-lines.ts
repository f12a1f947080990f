'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { readFigures, type By, type Figures } from '../../api/metrics.ts';
import { figuresEveryMs } from '../figures/use-figures.ts';
import { spanOf, type Range } from '../figures/range.ts';
import { useSecond } from '../figures/use-second.ts';
import { grown, linesFrom, type Lines } from './lines.ts';

/** What is drawn second by second; longer ranges are asked for again. */
const liveSeconds = 600;
/** Totals and new groups of a live range: the lines themselves grow by the stream. */
const againMs = 10_000;

/** Figures over time: what was, then second by second what comes. `tick` is the newest second, while it is told of. */
export function useLines(by: By, range: Range) {
  const { second, live } = useSecond();
  const seconds = range.kind === 'last' ? range.seconds : Infinity;
  const isShort = seconds <= liveSeconds;
  // Seconds are monitoring's own: they do not go on where another's windows end.
  const growsBy = (source: Figures['source'] | undefined) => isShort && source !== 'prometheus';
  const query = useQuery({
    queryKey: ['lines', by, range],
    queryFn: ({ signal }) => readFigures({ by, ...spanOf(range, Date.now()), step: isShort ? 1 : undefined }, signal),
    refetchInterval: ({ state }) => range.kind === 'last' && (live && growsBy(state.data?.source) ? againMs : figuresEveryMs), placeholderData: keepPreviousData,
  });
  const { data } = query;
  const growing = growsBy(data?.source);
  const [lines, setLines] = useState<Lines>();
  useEffect(() => setLines(data && linesFrom(data.groups)), [data]);
  useEffect(() => {
    if (growing && second) setLines((before) => before && grown(before, second, by, seconds));
  }, [second, by, seconds, growing]);
  return { ...query, lines, live: live && growing, tick: live && growing ? second?.at : undefined };
}
