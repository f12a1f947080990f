'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useMemo, useState } from 'react';

/**
 * One value of the view, kept in the address: a link shows the same view, and Back undoes one step. `null` removes it.
 * Next reads `pushState` and `replaceState`, so that no page is fetched for it.
 * @param typed it changes with every letter: then no letter is a step of its own
 */
export function useUrlState(name: string, options: { readonly typed?: boolean } = {}): readonly [string | null, (value: string | null) => void] {
  const [params, setParams] = useUrlStates(options);
  const set = useCallback((value: string | null) => setParams({ [name]: value }), [name, setParams]);
  return [params.get(name), set];
}

/** Several values at once, in one step: `null` removes one, what is not named stays. */
export function useUrlStates({ typed = false } = {}): readonly [URLSearchParams, (values: Readonly<Record<string, string | null>>) => void] {
  const inAddress = useSearchParams().toString();
  // Next tells of a new address when it has the time; whoever clicked sees it at once.
  const [now, setNow] = useState(inAddress);
  useEffect(() => setNow(inAddress), [inAddress]);
  const set = useCallback((values: Readonly<Record<string, string | null>>) => {
    const url = new URL(window.location.href);
    for (const [name, value] of Object.entries(values)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    setNow(url.searchParams.toString());
    go(url, typed);
  }, [typed]);
  return [useMemo(() => new URLSearchParams(now), [now]), set];
}

/** What changes nothing is no step: Back would seem to do nothing. */
function go(url: URL, inPlace: boolean): void {
  if (url.href === window.location.href) return;
  if (inPlace) window.history.replaceState(null, '', url);
  else window.history.pushState(null, '', url);
}
