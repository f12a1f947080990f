import type { AlertState } from './alert-state.ts';

export type Labels = Readonly<Record<string, string>>;

/** One alert as it is stored: a rule has exactly one. */
export interface Alert extends AlertState {
  readonly rule: string;
  /** Of its labels, in 16 hex digits as Alertmanager's. */
  readonly fingerprint: string;
  /** When the rule was last looked at. */
  readonly seenAt: number;
  readonly value: number | null;
  readonly labels: Labels;
  readonly annotations: Labels;
}
/** An alert and what is said about it. */
export interface JudgedAlert extends Alert {
  readonly silencedBy: readonly string[];
  readonly acknowledgedBy: readonly string[];
  readonly inhibitedBy: readonly string[];
}
