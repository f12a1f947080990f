import type { Access, Contract, Route } from '../../kit/contract.ts';

/** One route that is forwarded. */
export interface Forwarding {
  /** The service that owns it: the key of its upstream. */
  readonly service: string;
  /** `deployment.create`: what auth is asked about. */
  readonly action: string;
  readonly method: Route['method'];
  /** Express form. */
  readonly path: string;
  readonly access: Access;
  readonly maxBytes: number;
  /** Its answer has no end of its own. */
  readonly stream: boolean;
  /** Its answer may take many seconds. */
  readonly slow: boolean;
}

/** As in the contract's documentation. */
const defaultMaxBytes = 65_536;

/**
 * Every public route of the given contracts. Two routes that could answer the same request are refused at start:
 * which of them wins would depend on the order of a list. So is a private route that a public one would let through:
 * `/v1/people/:name` must not open a private `/v1/people/all`.
 * @throws Error that names both
 */
export function forwardingTable(own: Contract, upstreams: readonly Contract[]): readonly Forwarding[] {
  const table = upstreams.flatMap((contract) =>
    Object.entries(contract.routes).filter(([, route]) => route.public === true).map(([key, route]) => forwarding(contract, key, route)));
  const hidden = upstreams.flatMap((contract) =>
    Object.entries(contract.routes).filter(([, route]) => route.public !== true).map(([key, route]) => forwarding(contract, key, route)));
  const ours = Object.entries(own.routes).map(([key, route]) => forwarding(own, key, route));
  const clashes = [
    ...pairs([...ours, ...table]).filter(([one, other]) => clash(one, other)),
    ...table.flatMap((one) => hidden.filter((other) => one.service === other.service && clash(one, other)).map((other) => [one, other] as const)),
  ].map(([one, other]) => `${one.action} (${one.method} ${one.path}) and ${other.action} (${other.method} ${other.path})`);
  if (clashes.length > 0) throw new Error(`Routes that answer the same request: ${clashes.join('; ')}. Rename the path of one of them in its contract.ts.`);
  return table;
}

function pairs<T>(all: readonly T[]): (readonly [T, T])[] {
  return all.flatMap((one, i) => all.slice(i + 1).map((other) => [one, other] as const));
}

function forwarding(contract: Contract, key: string, route: Route): Forwarding {
  if (route.access === 'workload' && route.public === true) {
    throw new Error(`${contract.name}.${key} is for workloads and cannot be public: a person's token never opens it.`);
  }
  return {
    service: contract.name, action: `${contract.name}.${key}`, method: route.method, path: route.path,
    access: route.access, maxBytes: route.maxBytes ?? defaultMaxBytes, stream: route.stream ?? false, slow: route.slow ?? false,
  };
}

/** Same method, same number of segments, and each pair of segments is equal or one of the two is a parameter. */
function clash(one: Forwarding, other: Forwarding): boolean {
  const [a, b] = [one.path.split('/'), other.path.split('/')];
  return one.method === other.method && a.length === b.length
    && a.every((segment, i) => segment === b[i] || segment.startsWith(':') || (b[i] ?? '').startsWith(':'));
}
