/** How changes reach an environment: `delivery` of its journey.json. */
export interface Delivery {
  /** The environment that a release comes from. Absent: the first. */
  readonly after?: string;
  readonly approvals: { readonly release: number; readonly model: number };
  readonly soakMinutes?: number;
  readonly window?: DeliveryWindow;
  /** Of a laptop: a drill's commit stays until a person takes it back. */
  readonly drills?: boolean;
}
export interface DeliveryWindow { readonly schedule: string; readonly hours: number; readonly timeZone: string }

/** People depend on it: even a release is looked at, its approvals are an admin's, and a rollback wants its name. */
export function isGuarded({ approvals }: Delivery): boolean {
  return approvals.release > 0;
}

export interface Guarded { readonly name: string; readonly delivery: Delivery }

/** Of these, the environment whose name a rollback wants: that which most people look at. Undefined: none is guarded. */
export function mostGuarded<E extends Guarded>(environments: readonly E[]): E | undefined {
  const looks = ({ delivery: { approvals } }: E) => approvals.release * 100 + approvals.model;
  return environments.filter(({ delivery }) => isGuarded(delivery)).toSorted((a, b) => looks(b) - looks(a) || (a.name < b.name ? -1 : 1))[0];
}

/** Said to whoever asks for a rollback, when the name is missing or another one. */
export function unconfirmedText({ name }: Guarded, asked: string): { readonly detail: string; readonly fix: string } {
  const why = name === asked ? `People depend on ${name}: a rollback wants its name typed.` : `It changes ${name}, too, and people depend on that: a rollback wants its name typed.`;
  return { detail: why, fix: `Send "confirm": "${name}".` };
}

/** When an environment is not on main yet, nothing says how changes reach it: then somebody looks. */
export const UNKNOWN: Delivery = { approvals: { release: 1, model: 1 } };

/** People besides the author who must approve. A rollback restores what was approved before. */
export function approvalsNeeded(kind: string, { approvals }: Delivery): number {
  if (kind === 'rollback') return 0;
  return kind === 'release' || kind === 'promotion' ? approvals.release : approvals.model;
}

/** `0 8 * * 1-4 for 8 h (Europe/Dublin)`. */
export function windowText({ schedule, hours, timeZone }: DeliveryWindow): string {
  return `${schedule} for ${String(hours)} h (${timeZone})`;
}
