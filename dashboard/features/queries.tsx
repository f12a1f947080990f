'use client';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';

/** The one cache of answers. Nothing is retried behind the reader's back: pages poll, and errors offer the retry. */
export function Queries({ children }: { readonly children: ReactNode }) {
  const [client] = useState(() => new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 1000 }, mutations: { retry: false, networkMode: 'always' } },
  }));
  return <QueryClientProvider client={client}>{children}</QueryClientProvider>;
}
