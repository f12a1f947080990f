/**
 * What a service says about itself. Pure data: the platform binds it, the service parses it at start,
 * the gateway and `/openapi.json` read its routes. Imports nothing.
 */
export interface Contract<Name extends string = string, Env extends EnvSpec = EnvSpec, Routes extends RouteSet = RouteSet> {
  readonly name: Name;
  /** One sentence, shown wherever the workload is listed. */
  readonly about: string;
  /** Container ports by name. Without `metrics` the health paths are served on the serving port and nothing is scraped. */
  readonly ports: Ports;
  readonly env: Env;
  readonly routes: Routes;
  /** CloudEvents `type` → schema of its `data`, for what this service publishes. */
  readonly events?: Readonly<Record<string, Schema>>;
  /** Where its source is. @default `services/<name>` */
  readonly folder?: string;
  /** Argument list that must run before its first start (no shell; from the repository root). */
  readonly build?: readonly string[];
  /** Does `main.ts migrate` bring its database up to date? */
  readonly migrates?: boolean;
  /** Which of the standard edges (kit/standard.ts) it takes part in. @default all */
  readonly standard?: readonly StandardEdge[];
}

/** `metrics` is the scraped port; exactly one other, whatever its name (1 to 15 of a-z, 0-9 and `-`), is the one it serves on. */
export interface Ports { readonly [name: string]: number; readonly metrics?: number }
type Serving<P> = Exclude<Extract<keyof P, string>, 'metrics'>;
/** `unknown` where one port serves, else a key that nobody has and whose name is the message. */
type ServesOnOne<P> =
  [Serving<P>] extends [never] ? { readonly 'a port to serve on, besides `metrics`': number }
  : { readonly [N in Serving<P>]: [Exclude<Serving<P>, N>] extends [never] ? unknown : { readonly 'only one port to serve on, besides `metrics`': number } }[Serving<P>];

/** JSON Schema 2020-12 restricted to what ajv's strict mode accepts. */
export type Schema = Readonly<Record<string, unknown>>;
export type StandardEdge = 'telemetry' | 'keys' | 'scrape';

/** Roles in rising order: each may do what the one before it may. */
export type Role = 'viewer' | 'operator' | 'admin';
/** `anyone`: no token. `workload`: the bearer is WORKLOAD_KEY. Otherwise: a person's token with at least this role. */
export type Access = 'anyone' | 'workload' | Role;

export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Express form: `/v1/deployments/:id`. */
  readonly path: string;
  readonly about: string;
  readonly access: Access;
  /** Reachable from outside: the gateway forwards it. @default false */
  readonly public?: boolean;
  /** Answers with server-sent events for as long as its caller stays (HTML Living Standard, 9.2). @default false */
  readonly stream?: boolean;
  /** May work for many seconds before it answers: the gateway waits as long as the service itself would. @default false */
  readonly slow?: boolean;
  /** Takes an `Idempotency-Key`: the same key twice is one request. @default false */
  readonly repeatable?: boolean;
  readonly params?: Schema;
  readonly query?: Schema;
  readonly body?: Schema;
  /** Largest body in bytes. @default 65536 */
  readonly maxBytes?: number;
  /** Status → schema of the answer's body; `null` for an empty one. Errors are always problem+json. */
  readonly answers: Readonly<Record<number, Schema | null>>;
}
export type RouteSet = Readonly<Record<string, Route>>;

/** The TypeScript type of what a schema describes. */
export type FromSchema<S> =
  S extends null ? null
  : S extends { readonly enum: readonly (infer V)[] } ? V
  : S extends { readonly type: 'array'; readonly items: infer I } ? readonly FromSchema<I>[]
  : S extends { readonly type: 'object'; readonly properties: infer P } ? MembersOf<P, S extends { readonly required: readonly (infer R)[] } ? R : never>
  : S extends { readonly type: readonly (infer T)[] } ? TypeNamed<T>
  : S extends { readonly type: infer T } ? TypeNamed<T>
  : unknown;
type MembersOf<P, R> =
  & { readonly [K in keyof P as K extends R ? K : never]: FromSchema<P[K]> }
  & { readonly [K in keyof P as K extends R ? never : K]?: FromSchema<P[K]> };
type TypeNamed<T> =
  T extends 'string' ? string
  : T extends 'number' | 'integer' ? number
  : T extends 'boolean' ? boolean
  : T extends 'null' ? null
  : T extends 'object' ? Readonly<Record<string, unknown>>
  : T extends 'array' ? readonly unknown[]
  : never;
/** The body of a route's answer when it is no error. */
export type AnswerOf<R extends Route> = FromSchema<R['answers'][keyof R['answers']]>;

export type Spec =
  | { readonly kind: 'text' }
  | { readonly kind: 'number' }
  | { readonly kind: 'oneOf'; readonly values: readonly string[] }
  | { readonly kind: 'secret' }
  | { readonly kind: 'service'; readonly of: string }
  | { readonly kind: 'address'; readonly of: string }
  | { readonly kind: 'queue'; readonly mode: 'publish' | 'consume' }
  | { readonly kind: 'database' | 'cache' | 'mail' | 'objects' | 'repository' | 'engine' | 'metrics' | 'logs' | 'traces' | 'alerts' };
export type EnvSpec = Readonly<Record<string, Spec>>;
/** The kinds of backing a workload connects to by URL. */
export type Connected = 'database' | 'cache' | 'queue' | 'mail' | 'objects' | 'repository' | 'engine' | Telemetry;
/** Where figures, log lines and spans are read: kept by the reader itself (`own:`), or by a server that is there already. And where alerts are: with `own:` nowhere. */
export type Telemetry = 'metrics' | 'logs' | 'traces' | 'alerts';

export const text = () => ({ kind: 'text' }) as const;
export const number = () => ({ kind: 'number' }) as const;
export const oneOf = <const V extends readonly string[]>(...values: V) => ({ kind: 'oneOf', values }) as const;
export const secret = () => ({ kind: 'secret' }) as const;
export const urlOf = <const N extends string>(of: N) => ({ kind: 'service', of }) as const;
/** Where people reach another workload, for links in what is told them. It is no way to call it: it opens none. */
export const addressOf = <const N extends string>(of: N) => ({ kind: 'address', of }) as const;
export const database = () => ({ kind: 'database' }) as const;
export const cache = () => ({ kind: 'cache' }) as const;
export const publishes = () => ({ kind: 'queue', mode: 'publish' }) as const;
export const consumes = () => ({ kind: 'queue', mode: 'consume' }) as const;
export const mail = () => ({ kind: 'mail' }) as const;
export const objects = () => ({ kind: 'objects' }) as const;
export const repository = () => ({ kind: 'repository' }) as const;
export const engine = () => ({ kind: 'engine' }) as const;
export const metrics = () => ({ kind: 'metrics' }) as const;
export const logs = () => ({ kind: 'logs' }) as const;
export const traces = () => ({ kind: 'traces' }) as const;
export const alerts = () => ({ kind: 'alerts' }) as const;

export function contract<const N extends string, const E extends EnvSpec, const R extends RouteSet, const P extends Ports>(
  c: Contract<N, E, R> & { readonly ports: P & ServesOnOne<P> },
): Contract<N, E, R> {
  return c;
}

/** A value that prints as `[secret]` wherever it is logged, thrown or serialized. */
export interface Secret {
  reveal(): string;
}
/** Where one declared call goes. `reference` (`gateway.AUTH_URL`) joins a hop to the model. */
export interface Endpoint<N extends string = string> {
  readonly service: N;
  readonly url: URL;
  readonly reference: string;
}
/** Where one declared backing is. Its URL may hold a password, so it is a secret. */
export interface Connection<K extends Connected = Connected> {
  readonly kind: K;
  readonly url: Secret;
  readonly reference: string;
}
export type ValueOf<S extends Spec> =
  S extends { kind: 'number' } ? number
  : S extends { kind: 'oneOf'; values: readonly (infer V)[] } ? V
  : S extends { kind: 'secret' } ? Secret
  : S extends { kind: 'service'; of: infer N extends string } ? Endpoint<N>
  : S extends { kind: infer K extends Connected } ? Connection<K>
  : S extends { kind: 'address' } ? string | null
  : string;
/** The parsed environment that a service with this contract sees. */
export type EnvOf<C extends Contract> = { readonly [K in keyof C['env']]: ValueOf<C['env'][K]> };
