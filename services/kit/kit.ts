import type { Express, Request, RequestHandler } from 'express';
import type { Registry } from 'prom-client';
import type { Call } from './client.ts';
import type { Codec } from './codec.ts';
import type { Contract, EnvOf, Schema } from './contract.ts';
import type { StandardEnv } from './env.ts';
import type { ServerEvent } from './event-stream.ts';
import type { Telemetry } from './exporter.ts';
import type { Faults } from './faults/faults.ts';
import type { Tokens } from './identity.ts';
import type { Log } from './log.ts';
import type { Measures } from './measures.ts';
import type { Person } from './person.ts';
import type { Streams } from './streams.ts';

export type { Person } from './person.ts';

/** What a service is given: its parsed environment and the ways to speak. */
export interface Kit<C extends Contract = Contract> {
  readonly contract: C;
  readonly env: EnvOf<C>;
  readonly standard: StandardEnv;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly metrics: Registry;
  /** What of them is a duration. */
  readonly measures: Measures;
  readonly call: Call;
  readonly tokens: Tokens;
  readonly limits: Limits;
  /** What somebody made go wrong here. */
  readonly faults: Faults;
  /** The answers that are open as streams of events. */
  readonly streams: Streams;
}

export interface Limits {
  /** Longest handling of one request, in milliseconds; then `unavailable`. @default 15000 */
  readonly requestMs: number;
  /** Longest arrival of one request with its body. @default 15000 */
  readonly arrivalMs: number;
  /** Seconds from failing readiness to closing. @default drainSeconds, or 0 on 127.0.0.1 */
  readonly drainSeconds: number;
  /** Check every answer against the contract: a mismatch is an `internal` that names the field. @default false, true in tests */
  readonly checkAnswers: boolean;
  /** Streams of events that may be open at once, a quarter of them for one person; then `unavailable`. @default 100 */
  readonly streams: number;
  /** Between two signs of life on a stream. @default 10000 */
  readonly heartbeatMs: number;
  /** How long the reader of a stream may take nothing. @default 30000 */
  readonly stalledMs: number;
}

/** What a service gives back. */
export interface App<C extends Contract = Contract> {
  readonly handlers: Handlers<C>;
  /** Routes that take and answer protobuf as well, by key. @default none */
  readonly codecs?: Readonly<Record<string, Codec>>;
  /** What must work before requests are welcome, by name: each rejects while it does not. */
  readonly ready: Readonly<Record<string, () => Promise<void>>>;
  /** Begins background work (relays, consumers); called when the listeners are open. */
  start?(): Promise<void>;
  /** Ends background work and closes connections; called when the last request is answered. */
  stop(): Promise<void>;
  /** The gateway's forwarding only: placed after the standard middleware and before the 404. */
  readonly mount?: (express: Express) => void;
  /**
   * For the door to the outside: every request begins a trace of its own. A `traceparent` from outside becomes a link and is
   * not continued, so nobody can write into a trace whose id they have seen. @default false
   */
  readonly ownTraces?: boolean;
  /** With `ownTraces`: the id of the trace that a request begins, when it brings one that may be believed. */
  readonly traceIdOf?: (request: Request) => string | undefined;
  /** Served at /openapi.json in place of the contract's own routes: the gateway's, which shows what it forwards too. */
  readonly openapi?: Schema;
  /** Runs before every route, after the standard middleware. */
  readonly middleware?: readonly RequestHandler[];
}

export type Handlers<C extends Contract> = { readonly [R in keyof C['routes']]: (request: RouteRequest) => Promise<Answer> };

export interface RouteRequest {
  readonly params: Readonly<Record<string, string>>;
  /** Already valid by the route's schema; numbers and booleans are what the schema says they are. */
  readonly query: Readonly<Record<string, unknown>>;
  /** Already valid by the route's schema; `undefined` when the route takes none. */
  readonly body: unknown;
  readonly person: Person | null;
  header(name: string): string | undefined;
  readonly traceId: string;
  /** Aborts when the caller has gone or the time is up. */
  readonly signal: AbortSignal;
  /** The bearer token, to be forwarded. */
  readonly token: string | null;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * In place of `body`, for a route with `stream`: server-sent events for as long as the caller stays. The iterator is asked
   * for one when the reader has taken the one before. It must end its waiting when the request's `signal` aborts (the caller
   * left, its token ended, the process stops); its `return()` is called then.
   */
  readonly events?: AsyncIterable<ServerEvent>;
  /** The same as NDJSON, which has an end: some values at a time, each a line. */
  readonly lines?: AsyncIterable<readonly unknown[]>;
}
