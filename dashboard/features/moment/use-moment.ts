'use client';
import { useQuery } from '@tanstack/react-query';
import { listManifests } from '../../api/declarations.ts';
import { listHistory } from '../../api/history.ts';
import type { Entry } from '../../api/delivery.ts';
import { conforms } from '../../api/schema.ts';

/** As much of the history as is looked through. */
const [partSize, mostParts] = [200, 5];

export interface Moment {
  readonly commit: string;
  /** The change that made main what it was; absent before the first one. */
  readonly entry: Entry | undefined;
  readonly knobs: readonly { readonly name: string; readonly value: unknown }[];
  /** Absent where an environment is rendered as manifests. */
  readonly processes: readonly { readonly name: string; readonly release: string; readonly replicas: number }[] | undefined;
}

/** What main said of an environment at a time in the past; null where its history does not reach. */
export function useMoment(environment: string, startedAt: number, enabled: boolean) {
  return useQuery({ queryKey: ['moment', environment, startedAt], enabled, staleTime: Infinity, queryFn: ({ signal }) => momentAt(environment, startedAt, signal) });
}

async function momentAt(environment: string, time: number, signal: AbortSignal): Promise<Moment | null> {
  const found = await commitAt(time, signal);
  if (!found) return null;
  const read = async (path: string): Promise<unknown> => JSON.parse((await listManifests(environment, { path, commit: found.commit }, signal)).text ?? 'null');
  const { files = [] } = await listManifests(environment, { commit: found.commit }, signal);
  const [graph, plan] = await Promise.all([read('journey.json'), files.includes('plan.json') ? read('plan.json') : undefined]);
  return { ...found, knobs: conforms(knobsIn, graph) ? graph.knobs : [], processes: conforms(processesIn, plan) ? plan.processes : undefined };
}

/** The newest change of main that is not younger; before the first one, what that was made on. */
async function commitAt(time: number, signal: AbortSignal): Promise<Pick<Moment, 'commit' | 'entry'> | undefined> {
  let before: string | undefined;
  let oldest: Entry | undefined;
  for (let part = 0; part < mostParts; part += 1) {
    const { entries, next } = await listHistory({ limit: partSize, before }, signal);
    const entry = entries.find(({ at }) => Date.parse(at) <= time);
    if (entry) return { commit: entry.commit, entry };
    oldest = entries.at(-1) ?? oldest;
    if (next === undefined) {
      const parent = oldest?.parents[0];
      return parent === undefined ? undefined : { commit: parent, entry: undefined };
    }
    before = next;
  }
  return undefined;
}

const knobsIn = { type: 'object', required: ['knobs'], properties: { knobs: { type: 'array', items: { type: 'object', required: ['name', 'value'], properties: { name: { type: 'string' }, value: {} } } } } } as const;
const processesIn = { type: 'object', required: ['processes'], properties: { processes: { type: 'array', items: { type: 'object', required: ['name', 'release', 'replicas'], properties: { name: { type: 'string' }, release: { type: 'string' }, replicas: { type: 'integer' } } } } } } as const;
