/** What can be made to go wrong in a running workload, and how hard: each with the unit of its strength and its bounds. */
export const faultKinds = {
  latency: { unit: 'ms', least: 1, most: 10_000, about: 'Every request waits so long before it is looked at.' },
  errors: { unit: '%', least: 1, most: 100, about: 'So many of the requests are answered with 500.' },
  slowQuery: { unit: 'ms', least: 1, most: 3000, about: 'Every statement sleeps so long in the database first.' },
  cacheLoss: { unit: '%', least: 1, most: 100, about: 'So many of the reads find nothing in the cache.' },
  redelivery: { unit: '%', least: 1, most: 100, about: 'So many of the messages fail after they were handled, at their first try, and come again.' },
  memoryLeak: { unit: 'MiB/s', least: 1, most: 32, about: 'So much memory is held more each second, 256 MiB at most, until the fault ends.' },
  notReady: { unit: '', least: 1, most: 1, about: 'It answers requests, and says that it is not ready.' },
  refused: { unit: '', least: 1, most: 1, about: 'Every connection to it is closed at once; its probes still answer.' },
} as const;
export type FaultKind = keyof typeof faultKinds;

export const isFaultKind = (kind: unknown): kind is FaultKind => typeof kind === 'string' && Object.hasOwn(faultKinds, kind);
/** A fault ends by itself after at most this. */
export const LONGEST_SECONDS = 900;
