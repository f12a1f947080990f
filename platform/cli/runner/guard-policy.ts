/**
 * What a process may connect to, and what to say when it tries more: the laptop's stand-in for a NetworkPolicy.
 * Loaded into every service before its own code, so it imports nothing.
 */
export interface GuardPolicy {
  /** The workload that the process belongs to. */
  readonly workload: string;
  /** `services/gateway`. */
  readonly folder: string;
  readonly allow: readonly Address[];
  /** Who listens where on this machine, so that a refusal can name it. */
  readonly known: readonly Known[];
}
export interface Address { readonly host: string; readonly port: number }
export interface Known extends Address {
  readonly name: string;
  /** `service`, or the kind of backing. */
  readonly kind: string;
}
/** What somebody tries to reach: an address, a path of a unix socket, or a name to look up. */
export type Attempt =
  | { readonly kind: 'tcp' | 'udp'; readonly host: string; readonly port: number }
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'name'; readonly host: string };

const LOOPBACK = new Set(['localhost', '127.0.0.1', '::1', '::ffff:127.0.0.1', '']);

/** @returns why it is refused and what to write where, or undefined when it is allowed. */
export function refusal(policy: GuardPolicy, attempt: Attempt): string | undefined {
  if (attempt.kind === 'path') return `${policy.workload} may not connect to the socket ${attempt.path}: a workload reaches others by its references only, and those are URLs`;
  const { host } = attempt;
  if (attempt.kind === 'name') {
    const fine = LOOPBACK.has(host) || isAddress(host) || policy.allow.some((one) => same(one.host, host));
    return fine ? undefined : unknownHost(policy, host);
  }
  if (attempt.kind === 'tcp' && policy.allow.some((one) => same(one.host, host) && one.port === attempt.port)) return undefined;
  const known = policy.known.find((one) => same(one.host, host) && one.port === attempt.port);
  const where = `${host === '' ? '127.0.0.1' : host}:${attempt.port}`;
  if (attempt.kind === 'udp') return `${policy.workload} may not send UDP to ${where}: references are TCP`;
  return known ? undeclared(policy, known, where) : unknownHost(policy, where);
}

function undeclared(policy: GuardPolicy, to: Known, where: string): string {
  const service = to.kind === 'service';
  const entry = service ? `${to.name.replaceAll('-', '_').toUpperCase()}_URL: urlOf('${to.name}')` : `${to.kind.toUpperCase()}: ${to.kind}()`;
  return `${policy.workload} declares no reference to ${to.name} (${where}): add ${entry} to ${policy.folder}/contract.ts and bind it in platform/workloads/${policy.workload}.ts`;
}

function unknownHost(policy: GuardPolicy, where: string): string {
  return `${policy.workload} declares no reference to ${where}: add a backing for it to platform/backing.ts, use it in platform/workloads/${policy.workload}.ts, and give its URL to \`./journey up\``;
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase() || (LOOPBACK.has(a) && LOOPBACK.has(b));
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^\d+(\.\d+){3}$/.test(host);
}

export function isPolicy(value: unknown): value is GuardPolicy {
  return typeof value === 'object' && value !== null && 'workload' in value && 'folder' in value && 'allow' in value && Array.isArray(value.allow) && 'known' in value && Array.isArray(value.known);
}
