/** What a person asks for. */
export interface Ask {
  readonly workload: string;
  readonly environment: string;
  /** `worktree`, a git revision (40 hex digits) or an image digest (`sha256:…`). */
  readonly revision: string;
  readonly reason: string;
}
/** What is kept, answered and published: the contract's `request`. */
export interface DeploymentRequest extends Ask {
  readonly id: string;
  readonly status: 'requested';
  readonly requestedBy: string;
  /** RFC 3339, UTC. */
  readonly requestedAt: string;
  readonly traceId: string;
}

/** Two asks with the same fingerprint are the same ask; the order of the fields on the wire does not matter. */
export function fingerprint(ask: Ask): string {
  return JSON.stringify([ask.workload, ask.environment, ask.revision, ask.reason]);
}

/** Narrows a body that the route's schema has already checked. */
export function isAsk(body: unknown): body is Ask {
  return typeof body === 'object' && body !== null
    && ['workload', 'environment', 'revision', 'reason'].every((key) => typeof Reflect.get(body, key) === 'string');
}
