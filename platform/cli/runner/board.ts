import { isDeepStrictEqual } from 'node:util';
import type { Folder } from './folder.ts';
import type { Identity } from './identity.ts';
import type { Prepared } from './prepare.ts';
import { stateFile, type BackingState, type ProcessState, type RunState } from './state.ts';
import type { Status } from './supervise.ts';
import { shownUrl, urlOfProcess } from './values.ts';

/** What the runner knows about everything it runs, kept in memory and in `state.json`. */
export interface Board {
  set(name: string, status: Status & Shown): void;
  phase(phase: RunState['phase']): void;
  /** A helper that must not outlive the runner; forgotten when it ends. */
  helper(identity: Identity | undefined): () => void;
  state(): RunState;
}

/** What else changes about a workload. */
export interface Shown { readonly release?: string; readonly others?: readonly Identity[] }

/** @param write false: nothing on disk (tests) */
export function openBoard(prepared: Prepared, runner: Identity, startedAt: string): Board {
  const { folder } = prepared;
  const file = stateFile(folder.state);
  const processes = new Map([...postgresOf(prepared), ...prepared.plan.processes.map(({ name }) => processOf(prepared, name))].map((one) => [one.name, one]));
  const helpers = new Set<Identity>();
  let phase: RunState['phase'] = 'starting';
  const state = (): RunState => ({
    runner, environment: prepared.plan.environment, installation: prepared.own.id, phase, startedAt,
    processes: [...processes.values()], backings: backingsOf(prepared), helpers: [...helpers],
  });
  const save = () => file.write(state());
  save();
  return {
    state,
    set(name, { health, why, identity, restarts, release, others }) {
      const known = processes.get(name);
      if (!known) return;
      const { why: _why, identity: _identity, others: _others, ...rest } = known;
      const next = { ...rest, health, restarts, ...(release === undefined ? {} : { release }), ...(others && others.length > 0 ? { others } : {}), ...(why === undefined ? {} : { why }), ...(identity ? { identity } : {}) };
      // Looks come every second and mostly find nothing new.
      if (isDeepStrictEqual(next, known)) return;
      processes.set(name, next);
      save();
    },
    phase(next) {
      phase = next;
      save();
    },
    helper(identity) {
      if (!identity) return () => {};
      helpers.add(identity);
      save();
      return () => {
        helpers.delete(identity);
        save();
      };
    },
  };
}

function processOf({ plan, ports, folder }: Prepared, name: string): ProcessState {
  const process = plan.processes.find((one) => one.name === name);
  if (!process) throw new Error(`no process ${name} in the plan`);
  const urls = Object.fromEntries(process.ports.map((port) => [port, urlOfProcess(name, port, ports)]));
  const http = urls['http'] ?? '';
  return {
    name, about: process.about, release: process.release, health: 'Missing', restarts: 0, urls, log: folder.log(name),
    ready: `${urls[process.probes.port] ?? http}${process.probes.ready}`,
    // Where the kit serves the contract's routes; the dashboard has none.
    ...(process.probes.port === 'metrics' ? { openapi: `${http}/openapi.json` } : {}),
  };
}

function postgresOf({ roles, ports, folder }: Prepared): ProcessState[] {
  if (Object.keys(roles).length === 0) return [];
  return [{
    name: 'postgres', about: 'The embedded databases, caches and queues.', release: '15', health: 'Missing', restarts: 0,
    urls: { postgres: `postgres://127.0.0.1:${ports['postgres'] ?? 0}` }, log: folder.log('postgres'), data: dataOf(folder),
  }];
}

const dataOf = (folder: Folder) => `${folder.data}/postgres`;

function backingsOf({ backings }: Prepared): BackingState[] {
  return backings.map(({ name, kind, provider, url }) => ({ name, kind, provider, ...(url === undefined ? {} : { url: shownUrl(url) }) }));
}
