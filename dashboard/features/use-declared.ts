'use client';
import { useQuery } from '@tanstack/react-query';
import { readDeclared } from '../api/declared.ts';

/** The synthesized graph of an environment. It changes with a release only, so it is asked for once a page. */
export function useDeclared(environment: string) {
  return useQuery({ queryKey: ['declared', environment], queryFn: ({ signal }) => readDeclared(environment, signal), staleTime: 300_000 });
}
