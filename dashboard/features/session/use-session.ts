'use client';
import { useQuery } from '@tanstack/react-query';
import { readSession } from '../../api/session.ts';

export const sessionKey = ['session'];

/** Who is signed in; asked once, and again when the reader comes back to the page. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => readSession(signal), staleTime: 60_000 });
}
