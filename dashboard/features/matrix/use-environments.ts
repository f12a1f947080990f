'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { listEnvironments } from '../../api/fleet.ts';
import type { Fleet, Live } from '../../api/delivery.ts';
import { isRolling, withLive } from './fleet.ts';
import { useStreams } from './use-streams.ts';

export const environmentsKey = ['environments'];
/** While a stream tells what runs, only what git says has to be asked for. */
const everyMs = { streamed: 6000, alone: 2000 } as const;
/** A browser opens six connections to an origin (HTTP/1.1), and a stream holds one for good: most are left to others. */
const mostStreams = 2;

/** Environments with what runs there, of now: by events where they come, else by asking every 2 s. */
export function useEnvironments() {
  const queries = useQueryClient();
  const [streamed, setStreamed] = useState(true);
  const query = useQuery({
    queryKey: environmentsKey,
    queryFn: ({ signal }) => listEnvironments(signal),
    refetchInterval: streamed ? everyMs.streamed : everyMs.alone,
  });
  const onState = useCallback((state: Live) => {
    const before = queries.getQueryData<Fleet>(environmentsKey);
    const known = before?.environments.find(({ name }) => name === state.environment);
    if (before) queries.setQueryData(environmentsKey, withLive(before, state));
    // Another commit is rolled out: how far environments are apart has changed, too, and only git knows that.
    if (known && known.revision !== state.revision) void queries.invalidateQueries({ queryKey: environmentsKey });
  }, [queries]);
  const watched = watchedIn(query.data);
  useStreams(watched, { onState, onLive: setStreamed });
  return { ...query, streamed, watched: watched.length > 0 };
}

/** Those in which something is rolled out come first, for a reader waits for them. */
function watchedIn(fleet: Fleet | undefined): readonly string[] {
  return (fleet?.environments ?? []).filter(({ connected }) => connected)
    .toSorted((a, b) => Number(b.workloads.some(isRolling)) - Number(a.workloads.some(isRolling)))
    .slice(0, mostStreams).map(({ name }) => name);
}
