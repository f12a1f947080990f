'use client';
import { useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

/**
 * One value of the view, kept in the address: a link shows the same view. `null` removes it.
 * Next reads `replaceState`, so that no page is fetched for it.
 */
export function useUrlState(name: string): readonly [string | null, (value: string | null) => void] {
  const value = useSearchParams().get(name);
  const set = useCallback((next: string | null) => {
    const url = new URL(window.location.href);
    if (next === null) url.searchParams.delete(name);
    else url.searchParams.set(name, next);
    window.history.replaceState(null, '', url);
  }, [name]);
  return [value, set];
}
