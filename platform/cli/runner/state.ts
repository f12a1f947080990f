import type { Identity } from './identity.ts';
import { jsonFile, type JsonFile } from './json-file.ts';
import type { Health } from './supervise.ts';

/** What the runner writes down at every change: `status` shows it, and `down` ends what it names after a kill -9. */
export interface RunState {
  readonly runner: Identity;
  readonly environment: string;
  readonly installation: string;
  readonly phase: 'starting' | 'running' | 'stopping';
  readonly startedAt: string;
  readonly processes: readonly ProcessState[];
  readonly backings: readonly BackingState[];
  /** Everything else it started that may still run: migrations, builds, the watch over PostgreSQL. */
  readonly helpers: readonly Identity[];
}
export interface ProcessState {
  readonly name: string;
  readonly about: string;
  readonly release: string;
  readonly health: Health;
  readonly why?: string;
  readonly identity?: Identity;
  /** Its other processes: more replicas, and those of a release that is leaving. */
  readonly others?: readonly Identity[];
  readonly restarts: number;
  /** `http` and, where there is one, `metrics`; of PostgreSQL its port alone. */
  readonly urls: Readonly<Record<string, string>>;
  readonly openapi?: string;
  readonly ready?: string;
  readonly log: string;
  readonly data?: string;
}
export interface BackingState {
  readonly name: string;
  readonly kind: string;
  readonly provider: 'embedded' | 'external';
  /** Without user, password and query. */
  readonly url?: string;
}

const text = { type: 'string' } as const;
const texts = { type: 'object', additionalProperties: text } as const;
const identity = { type: 'object', required: ['pid', 'started'], properties: { pid: { type: 'integer', minimum: 2 }, started: text } } as const;
const schema = {
  type: 'object', required: ['runner', 'environment', 'installation', 'phase', 'startedAt', 'processes', 'backings', 'helpers'],
  properties: {
    runner: identity, environment: text, installation: text, startedAt: text,
    phase: { enum: ['starting', 'running', 'stopping'] },
    processes: {
      type: 'array',
      items: {
        type: 'object', required: ['name', 'about', 'release', 'health', 'restarts', 'urls', 'log'],
        properties: {
          name: text, about: text, release: text, why: text, openapi: text, ready: text, log: text, data: text, identity, urls: texts, others: { type: 'array', items: identity },
          health: { enum: ['Healthy', 'Progressing', 'Degraded', 'Missing'] }, restarts: { type: 'integer' },
        },
      },
    },
    backings: {
      type: 'array',
      items: { type: 'object', required: ['name', 'kind', 'provider'], properties: { name: text, kind: text, url: text, provider: { enum: ['embedded', 'external'] } } },
    },
    helpers: { type: 'array', items: identity },
  },
};

export const stateFile = (path: string): JsonFile<RunState> => jsonFile<RunState>(path, schema, { fix: 'Tidy up: `./journey down` ends what can be found and removes the file; data, ports and secrets stay.' });

/** Every process that a state names, workloads first, PostgreSQL after those that use it. */
export function identitiesOf(state: RunState): { readonly workloads: readonly Identity[]; readonly postgres: readonly Identity[] } {
  const of = (wanted: boolean) => state.processes.flatMap((one) => ((one.name === 'postgres') === wanted ? [...(one.identity ? [one.identity] : []), ...(one.others ?? [])] : []));
  return { workloads: [...of(false), ...state.helpers], postgres: of(true) };
}
