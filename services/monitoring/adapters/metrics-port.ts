import type { SeriesKind } from '../domain/metric.ts';
import type { Measured } from '../domain/red.ts';

/** Where figures are read: monitoring's own (metrics-own.ts), or a Prometheus (prometheus.ts). Rejects with the Problem `unavailable` while that is away. */
export interface Metrics {
  /** Whose figures they are: an answer says it. */
  readonly source: 'own' | 'prometheus';
  /** All times in unix seconds; `from` is moved to the beginning of its window. */
  read(names: readonly string[], from: number, to: number): Promise<Found>;
  /** What there is to be read; by name. */
  families(): Promise<readonly Family[]>;
  /** Finest first. */
  resolutions(): Promise<readonly Resolution[]>;
}
export interface Found {
  readonly measured: readonly Measured[];
  /** Seconds of one window. */
  readonly resolution: number;
  /** How long figures of this resolution are kept, in seconds. */
  readonly keptSeconds: number;
  readonly from: number;
}
export interface Family {
  readonly name: string;
  readonly kind: SeriesKind;
  readonly services: readonly string[];
  readonly series: number;
}
export interface Resolution { readonly seconds: number; readonly keptSeconds: number }
