import { deployment } from '../../services/deployment/contract.ts';
import { gateway } from '../../services/gateway/contract.ts';
import { monitoring } from '../../services/monitoring/contract.ts';
import { ask, type AnswerOf } from './ask.ts';
import { parseDeclared } from './declared.ts';

export type Person = AnswerOf<typeof gateway.routes.session>;
export type Workload = AnswerOf<typeof monitoring.routes.workloads>['workloads'][number];
export type Health = Workload['health'];
export type JourneySummary = AnswerOf<typeof monitoring.routes.journeys>['journeys'][number];
export type Journey = AnswerOf<typeof monitoring.routes.journey>;
export type Hop = Journey['hops'][number];
export type LogLine = Journey['logs'][number];
export type DeploymentRequest = AnswerOf<typeof deployment.routes.create>;

export type Credentials = { readonly name: string; readonly password: string } | { readonly link: string };
export interface DeploymentWish {
  readonly workload: string;
  readonly environment: string;
  readonly revision: string;
  readonly reason: string;
}

/** Everything the pages ask for; each throws a ProblemError. */
export const signIn = (body: Credentials) => ask(gateway.routes.signIn, { body });
export const readSession = (signal?: AbortSignal) => ask(gateway.routes.session, { ...(signal && { signal }) });
export const signOut = () => ask(gateway.routes.signOut);
export const listWorkloads = (signal: AbortSignal) => ask(monitoring.routes.workloads, { signal });
export const listJourneys = (signal: AbortSignal) => ask(monitoring.routes.journeys, { signal });
export const readJourney = (traceId: string, signal: AbortSignal) => ask(monitoring.routes.journey, { params: { traceId }, signal });
/** The same key twice is one request: a repeated click or a retry asks for nothing new. */
export const requestDeployment = (body: DeploymentWish, idempotencyKey: string) => ask(deployment.routes.create, { body, idempotencyKey });
export const readDeclared = async (environment: string, signal: AbortSignal) =>
  parseDeclared(await ask(deployment.routes.declared, { params: { environment }, signal }));
