import { deployment } from '../../../services/deployment/contract.ts';
import type { AnswerOf } from '../../../services/kit/contract.ts';

/** The routes of the GitOps loop, and what they answer. */
export const { routes } = deployment;

export type Change = AnswerOf<typeof routes.read>;
export type PullPage = AnswerOf<typeof routes.readPull>;
export type Pull = PullPage['pull'];
export type Fleet = AnswerOf<typeof routes.listEnvironments>;
export type Environment = Fleet['environments'][number];
export type Matrix = Environment['workloads'];
export type Entry = AnswerOf<typeof routes.listHistory>['entries'][number];
export type Diff = AnswerOf<typeof routes.readDiff>;
