import type { deployment } from '../../services/deployment/contract.ts';
import type { AnswerOf } from './ask.ts';

type Routes = typeof deployment.routes;

export type ChangeRequest = AnswerOf<Routes['read']>;
export type RequestList = AnswerOf<Routes['list']>;
export type Fleet = AnswerOf<Routes['listEnvironments']>;
export type Environment = Fleet['environments'][number];
export type Cell = Environment['workloads'][number];
export type Live = AnswerOf<Routes['sync']>;
export type LiveWorkload = Live['workloads'][number];
export type Rollout = NonNullable<Cell['rollout']>;
export type PullPage = AnswerOf<Routes['readPull']>;
export type Pull = PullPage['pull'];
export type Check = PullPage['checks'][number];
export type Diff = AnswerOf<Routes['readDiff']>;
export type History = AnswerOf<Routes['listHistory']>;
export type Entry = History['entries'][number];
export type FleetDrift = AnswerOf<Routes['listDrift']>;
export type Hold = AnswerOf<Routes['listHolds']>['holds'][number];
export type Declaration = AnswerOf<Routes['readDeclaration']>;
export type Manifests = AnswerOf<Routes['listManifests']>;

/** What a person may ask for; each becomes a commit, most of them after a pull request. */
export type Wish =
  | { readonly kind: 'release'; readonly workload: string; readonly environment: string; readonly revision: string; readonly reason: string }
  | { readonly kind: 'knob'; readonly environment: string; readonly knob: string; readonly value: string | number; readonly reason: string }
  | { readonly kind: 'scale'; readonly environment: string; readonly workload: string; readonly replicas: number; readonly most?: number; readonly reason: string }
  | { readonly kind: 'promotion'; readonly from: string; readonly to: string; readonly workloads: readonly string[]; readonly reason: string }
  | { readonly kind: 'rollback'; readonly environment: string; readonly commit: string; readonly confirm?: string; readonly reason: string };

export interface HistoryQuery {
  readonly environment?: string | undefined;
  readonly workload?: string | undefined;
  /** Continues a longer list: the `next` of the part before. */
  readonly before?: string | undefined;
  readonly limit?: number;
}
