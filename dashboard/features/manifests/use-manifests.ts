'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { listManifests } from '../../api/declarations.ts';

/** The names of the rendered files. A commit never changes; what is newest does. */
export function useManifestList(environment: string, commit: string | undefined) {
  return useQuery({
    queryKey: ['manifests', environment, commit],
    queryFn: ({ signal }) => listManifests(environment, { commit }, signal),
    staleTime: commit === undefined ? 5000 : Number.POSITIVE_INFINITY,
  });
}

/** One file, with the line of the model behind each object. */
export function useManifest(environment: string, path: string | undefined, commit: string | undefined) {
  return useQuery({
    queryKey: ['manifest', environment, path, commit],
    queryFn: ({ signal }) => listManifests(environment, { path, commit }, signal),
    enabled: path !== undefined,
    staleTime: commit === undefined ? 5000 : Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}
