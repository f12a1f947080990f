import { messageOf } from '../../kit/adapters/error.ts';
import { quietly } from '../../kit/adapters/quiet.ts';
import { Problem } from '../../kit/problem.ts';
import { notePreparation } from '../adapters/work.ts';
import type { Check } from '../domain/merge-rule.ts';
import type { Proposed } from '../domain/proposal.ts';
import type { Preparation, Tracked } from '../domain/tracked.ts';
import type { Ways } from '../ways.ts';

interface Wanted { readonly key: string; readonly environment: string; readonly workload: string; readonly release: string }

/**
 * Gets the releases of a proposal ready (work trees, builds), so that the merge is quick; does not wait for it. A process
 * that was killed meanwhile has lost nothing: the next one asks again.
 */
export async function prepareAhead(ways: Ways, tracked: Tracked, proposed: Proposed): Promise<void> {
  for (const wanted of await wantedOf(ways, proposed)) {
    const id = `${tracked.request.id} ${wanted.key}`;
    if (ways.preparing.has(id) || tracked.prepared[wanted.key] === 'ready') continue;
    ways.preparing.add(id);
    void quietly(() => prepare(ways, tracked, wanted)).finally(() => ways.preparing.delete(id));
  }
}

/** Each preparation as a check of the pull request. */
export async function preparationsOf(ways: Ways, { prepared }: Tracked, proposed: Proposed): Promise<readonly Check[]> {
  return (await wantedOf(ways, proposed)).map(({ key, workload }): Check => {
    const name = `prepare ${workload}`;
    const state = prepared[key];
    if (state === undefined) return { name, passed: false, said: [], running: true };
    return state === 'ready' ? { name, passed: true, said: [] } : { name, passed: false, said: [state.failed] };
  });
}

async function wantedOf({ board }: Ways, { facts }: Proposed): Promise<readonly Wanted[]> {
  const connected = await board.connected().catch((): readonly string[] => []);
  return facts.flatMap(({ environment, subject, to }): Wanted[] => {
    if (!subject.startsWith('release/') || !connected.includes(environment)) return [];
    return [{ key: `${environment} ${subject} ${to}`, environment, workload: subject.slice('release/'.length), release: to }];
  });
}

async function prepare({ board, database, kit, committed }: Ways, { request }: Tracked, { key, environment, workload, release }: Wanted): Promise<void> {
  let outcome: Preparation = 'ready';
  try {
    await board.engine.prepare(environment, workload, release);
  } catch (error) {
    // An engine that is away is asked again; one that says no has said so.
    const passing = error instanceof Problem && ['upstream_unavailable', 'upstream_timeout', 'unavailable'].includes(error.code);
    kit.log.warn('a release could not be got ready', { id: request.id, workload, error: String(error) });
    if (passing) return;
    outcome = { failed: messageOf(error).slice(0, 500) };
  }
  await notePreparation(database, request.id, key, outcome).catch((error: unknown) => kit.log.warn('that a release is ready could not be noted; it is asked again', { id: request.id, error: String(error) }));
  committed();
}
