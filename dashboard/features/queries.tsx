'use client';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ProblemError } from '../api/problem.ts';
import { sessionKey } from './session/use-session.ts';

/** The one cache of answers. Nothing is retried behind the reader's back: pages poll, and errors offer the retry. */
export function Queries({ children }: { readonly children: ReactNode }) {
  const [client] = useState(newClient);
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}

function newClient(): QueryClient {
  // A session that ended elsewhere: ask who is signed in, and the frame around the pages leads to the sign-in.
  const ended = (error: Error) => {
    if (error instanceof ProblemError && error.problem.status === 401) void client.invalidateQueries({ queryKey: sessionKey });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error, { queryKey }) => queryKey[0] !== sessionKey[0] && ended(error) }),
    mutationCache: new MutationCache({ onError: ended }),
    defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 1000 }, mutations: { retry: false, networkMode: 'always' } },
  });
  return client;
}
