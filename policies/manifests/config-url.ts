import { breach, rule } from '../rule.ts';
import type { Journey } from '../rendered.ts';
import { configLiterals, type Literal } from './literals.ts';

export const configUrl = rule({
  id: 'config-url',
  why: 'An address in a ConfigMap that is no reference of its workload is a connection that nobody declared.',
  fix: 'Bind it in platform/workloads/ with url() or use(), so that it becomes an edge of journey.json.',
  serves: ['NSA/CISA: Network policies'],
  of: configLiterals,
  check: (literal, { journey }) => (literal.value.includes('://') && journey && !isReference(literal, journey)
    ? [breach(literal.on, literal.at, `holds an address, and ${literal.on.workload ?? 'nobody'}.${literal.name} is no reference`)] : []),
});

/** The key is an edge of the workload whose ConfigMap it is, and the address is that of what the edge leads to. */
function isReference({ on, name, value }: Literal, { edges }: Journey): boolean {
  const targets = edges.filter((e) => e.reference === `${on.workload ?? ''}.${name}`).map((e) => e.to);
  const hosts = [...value.matchAll(/:\/\/(?:[^/@\s]*@)?([\w.-]+)/g)].map((found) => found[1] ?? '');
  const elsewhere = hosts.filter((host) => host !== '127.0.0.1'); // a workload that plays a standard role itself calls itself
  return elsewhere.every((host) => targets.includes(host.split('.')[0] ?? ''));
}
