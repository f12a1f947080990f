'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { workloadsIn, type Workload } from '../../api/monitoring.ts';
import { alertingKey } from '../alerts/alerting-key.ts';
import { workloadsKey } from '../workloads/use-workloads.ts';
import { setLive } from './live-state.ts';
import { topics } from './topics.ts';

interface Kept { readonly workloads: readonly Workload[] }

/** What every page follows: how the workloads are, and the alerts that its band counts. */
export function LiveTopics() {
  const queries = useQueryClient();
  useEffect(() => {
    const again = () => void queries.invalidateQueries({ queryKey: [alertingKey] });
    const ends = [
      topics.want({
        topic: 'health', onLive: setLive,
        onEvent(event, data) {
          const told = workloadsIn(data);
          if (!told || told.length === 0) return;
          const all = event === 'seen';
          queries.setQueryData<Kept>(workloadsKey, (kept) => (all ? { workloads: told } : kept && { workloads: kept.workloads.map((each) => told.findLast(({ name }) => name === each.name) ?? each) }));
        },
      }),
      // Who comes (again) may have missed some.
      topics.want({ topic: 'alerts', onLive: (live) => { if (live) again(); }, onEvent: again }),
    ];
    document.addEventListener('visibilitychange', topics.look);
    return () => {
      document.removeEventListener('visibilitychange', topics.look);
      for (const end of ends) end();
      setLive(false);
    };
  }, [queries]);
  return null;
}
