'use client';
import { useCallback, useState } from 'react';
import { useUrlStates } from '../../ui/url-state.ts';
import type { Values } from './draft.ts';

/** Longer texts stay out of the address. */
const longest = 500;

/** What was filled in: kept here while it is typed, and in the address, where it is neither secret nor long. */
export function useValues(initial: Values, isSecret: (key: string) => boolean): readonly [Values, (changes: Readonly<Record<string, string | null>>) => void] {
  const [values, setValues] = useState(initial);
  const [, setParams] = useUrlStates({ typed: true });
  const change = useCallback((changes: Readonly<Record<string, string | null>>) => {
    setValues((before) => Object.fromEntries(Object.entries({ ...before, ...changes }).filter((entry): entry is [string, string] => entry[1] !== null)));
    setParams(Object.fromEntries(Object.entries(changes).map(([key, text]) => [key, text === null || text === '' || isSecret(key) || text.length > longest ? null : text])));
  }, [setParams, isSecret]);
  return [values, change];
}
