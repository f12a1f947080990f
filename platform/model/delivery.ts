/** How changes reach an environment: whose release it takes, who must look, when, and what must have been seen before. */
export interface Delivery {
  /** The environment that a release comes from; a promotion skips none. Absent: the first. */
  readonly after?: string;
  /** People besides the author who must approve a pull request before it is merged. */
  readonly approvals: Approvals;
  /** Minutes that a release must have run healthily in `after`. @default 0 */
  readonly soakMinutes?: number;
  /** When changes may be merged and synced. @default always */
  readonly window?: Window;
}
/** Nobody but whoever sits before it depends on it. */
export interface LocalDelivery extends Delivery {
  /** A commit that says that it is a drill's (`Drill:`) stays until a person takes it back. @default no: it is taken back by itself */
  readonly drills?: true;
}
export interface Approvals {
  /** Of a change of the release file alone. */
  readonly release: number;
  /** Of every other change of the model: knobs, sizes, references. */
  readonly model: number;
}
/** Opens at each time of a cron expression, for so many hours; the words of Argo CD's sync windows. */
export interface Window {
  /** Five fields: `0 8 * * 1-4`. */
  readonly schedule: string;
  readonly hours: number;
  /** `Europe/Dublin` (IANA). */
  readonly timeZone: string;
}

/** People depend on it: somebody else has looked, it ran elsewhere first, and somebody is awake. */
export interface GuardedDelivery extends Required<Omit<Delivery, 'approvals'>> {
  readonly approvals: { readonly release: 1 | 2 | 3; readonly model: 1 | 2 | 3 };
}
