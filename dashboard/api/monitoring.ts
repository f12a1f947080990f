import type { faultRoutes } from '../../services/monitoring/contract/faults.ts';
import type { journeyRoutes } from '../../services/monitoring/contract/journey.ts';
import { journeyListRoutes } from '../../services/monitoring/contract/journeys.ts';
import { workloadRoutes } from '../../services/monitoring/contract/workloads.ts';
import { ask, type AnswerOf } from './ask.ts';
import { conforms } from './schema.ts';

export type Workload = AnswerOf<typeof workloadRoutes.workloads>['workloads'][number];
export type Health = Workload['health'];
export type JourneySummary = AnswerOf<typeof journeyListRoutes.journeys>['journeys'][number];
/** Which journeys; what is undefined is not asked. Times in Unix milliseconds. */
export interface JourneyQuestion {
  readonly service?: string | undefined;
  readonly text?: string | undefined;
  readonly status?: 'error' | undefined;
  readonly traffic?: 'other' | undefined;
  readonly minMs?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** `next` of the answer before. */
  readonly before?: string | undefined;
}
export type Journey = AnswerOf<typeof journeyRoutes.journey>;
export type Hop = Journey['hops'][number];
export type OpenHop = Journey['open'][number];
export type LogLine = Journey['logs'][number];
export type FaultList = AnswerOf<typeof faultRoutes.faults>;
export type Fault = FaultList['faults'][number];
export type FaultKind = Fault['kind'];
export interface FaultWish { readonly workload: string; readonly kind: FaultKind; readonly strength: number; readonly seconds: number; readonly reason: string }

export const listWorkloads = (signal: AbortSignal) => ask(workloadRoutes.workloads, { signal });
/** @returns undefined for what is no list of workloads */
export function workloadsIn({ workloads }: Readonly<Record<string, unknown>>): readonly Workload[] | undefined {
  return conforms(workloadRoutes.workloads.answers[200].properties.workloads, workloads) ? workloads : undefined;
}
export const listJourneys = (question: JourneyQuestion, signal: AbortSignal) => ask(journeyListRoutes.journeys, { query: { ...question }, signal });
