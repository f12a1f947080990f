/**
 * What every workload has without asking: where it listens, who it is, where its telemetry goes and whose keys
 * it trusts. Declared once, here; the platform says which workload plays each role (`definePlatform … standard`).
 */
import { number, secret, text, urlOf, type EnvSpec, type StandardEdge } from './contract.ts';

/** Entries that hold plain values, for every workload. */
export const standardValues = {
  /** Address to listen on: 127.0.0.1 on a laptop, 0.0.0.0 in a pod. */
  HOST: text(),
  PORT: number(),
  /** `local`, `dev`, `staging`, `production`. */
  ENVIRONMENT: text(),
  /** Tells two installations on one host apart, for example in cookie names. */
  INSTALLATION: text(),
  /** The release that runs: a git revision, an image digest, `worktree`. */
  REVISION: text(),
} as const satisfies EnvSpec;

/** Entries that only workloads with a metrics port have. */
export const standardMetrics = { METRICS_PORT: number() } as const satisfies EnvSpec;

/** Entries that come with each standard edge, and the role that answers it. */
export const standardEdges = {
  /** OTLP/HTTP to the workload that keeps telemetry; WORKLOAD_KEY is its bearer. */
  telemetry: { TELEMETRY_URL: urlOf('role:telemetry'), WORKLOAD_KEY: secret() },
  /** The public keys that tokens are checked with. */
  keys: { KEYS_URL: urlOf('role:keys') },
  /** Nothing for the scraped; the scraper gets WORKLOADS: `name=url` pairs, comma-separated. */
  scrape: {},
} as const satisfies Record<StandardEdge, EnvSpec>;

/** The entry that the telemetry role has in addition. */
export const standardScraper = { WORKLOADS: text() } as const satisfies EnvSpec;

/** Only where the model of an environment allows faults; its value is `yes`. */
export const standardFaults = { FAULTS: text() } as const satisfies EnvSpec;

export const healthPaths = { live: '/livez', ready: '/readyz', metrics: '/metrics' } as const;
/** Seconds from failing readiness to closing the listener; the pod's grace and preStop are derived from it. */
export const drainSeconds = 5;
/** Upper bounds in seconds of every duration histogram (OpenTelemetry's HTTP conventions); a latency objective names one of them. */
export const durationBuckets: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
