import type { Change } from './proposal.ts';

/** Where a change is: asked for, waiting as a pull request, on main, being rolled out; then how it ended. */
export type Status = 'requested' | 'proposed' | 'merged' | 'succeeded' | 'unchanged' | 'refused' | 'closed' | 'failed' | 'rolledBack';
/** Nothing happens to these any more; `failed` may still become `rolledBack`. */
export type Final = Exclude<Status, 'requested' | 'proposed' | 'merged'>;

/** What is kept, answered and published: the contract's `request`. */
export interface DeploymentRequest {
  readonly id: string;
  readonly kind: Change['kind'];
  readonly environment: string;
  readonly workload?: string;
  readonly revision?: string;
  /** What it changes, in one line: `rateLimit 200 → 100`. */
  readonly summary: string;
  readonly reason: string;
  readonly status: Status;
  readonly requestedBy: string;
  /** RFC 3339, UTC. */
  readonly requestedAt: string;
  readonly updatedAt: string;
  readonly traceId: string;
  readonly pull?: number;
  /** The commit that is on main because of it. */
  readonly commit?: string;
  readonly outcome?: string;
  readonly evidence?: readonly string[];
}

/** Who asks for a rollback when nobody does. */
export const AUTOMATIC = 'automatic';

/** Two asks with the same fingerprint are the same ask; the order of the fields on the wire does not matter. */
export function fingerprint(ask: object): string {
  return JSON.stringify(sorted(ask));
}

/** JSON values with their keys in one order. Lists keep theirs. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]);
}
