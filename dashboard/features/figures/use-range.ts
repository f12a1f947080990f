'use client';
import { useMemo } from 'react';
import { useUrlStates } from '../../ui/url-state.ts';
import { rangeIn, type Range } from './range.ts';

/** The range of the figures, in the address: each choice is a step that Back undoes. */
export function useRange(): readonly [Range, (range: Range) => void] {
  const [params, set] = useUrlStates();
  const text = ['range', 'from', 'to'].map((name) => `${name}=${params.get(name) ?? ''}`).join('&');
  const range = useMemo(() => rangeIn(new URLSearchParams(text)), [text]);
  return [range, (next) => set(next.kind === 'last' ? { range: next.name, from: null, to: null } : { range: null, from: String(next.from), to: String(next.to) })];
}
