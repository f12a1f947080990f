import { get, listOf } from '../json.ts';
import type { Journey, Rendered } from '../rendered.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { configLiterals, type Literal } from './literals.ts';
import { ofKind } from './pods.ts';

interface Address { readonly host: string; readonly port: string | undefined }

export const configUrl = rule({
  id: 'config-url',
  why: 'An address in a ConfigMap that is neither a reference of its workload nor a public address of the environment is a connection that nobody declared; one with a port that its Service has not is a call that fails.',
  fix: 'Bind it in platform/workloads/ with url() or use(), so that it becomes an edge of journey.json, or with publicAddress() for links, and run ./journey synth.',
  serves: ['NSA/CISA: Network policies'],
  of: (rendered) => configLiterals(rendered).filter((literal) => literal.value.includes('://')),
  check: (literal, rendered) => {
    const { on, at, name } = literal;
    // A workload that plays a standard role itself calls itself, on loopback.
    const addresses = addressesIn(literal.value).filter((a) => a.host !== '127.0.0.1');
    const undeclared = rendered.journey ? addresses.filter((a) => !isReference(literal, a.host, rendered.journey) && !isDoor(literal, a.host, rendered)) : [];
    if (undeclared.length > 0) return [breach(on, at, `leads to ${undeclared.map((a) => a.host).join(', ')}, which is not where the reference ${on.workload ?? 'nobody'}.${name} leads`)];
    const closed = addresses.filter((a) => !isDoor(literal, a.host, rendered) && !isServed(literal, a, rendered));
    return closed.map((a) => breach(on, at, `calls the port ${a.port ?? '80'} of ${a.host}, which its Service has not`));
  },
});

/** Everything before the next `/`, `,` or blank belongs to the host; what cannot be read is a host that nobody has. */
function addressesIn(value: string): readonly Address[] {
  return value.split('://').slice(1).map((rest) => {
    const [, host = rest, port] = /^(?:[^/@\s]*@)?([\w.-]+)(?::(\d+))?(?=[/,\s?#]|$)/.exec(rest) ?? [];
    return { host, port };
  });
}

/** The key is an edge of the workload whose ConfigMap it is, and the host is what the edge leads to. */
function isReference({ on, name }: Literal, host: string, journey: Journey | undefined): boolean {
  const targets = journey?.edges.filter((e) => e.reference === `${on.workload ?? ''}.${name}`).map((e) => e.to) ?? [];
  return targets.some((to) => [to, `${to}.${on.namespace ?? ''}`, `${to}.${on.namespace ?? ''}.svc`, `${to}.${on.namespace ?? ''}.svc.cluster.local`].includes(host));
}

/** Where an Ingress lets people in, by TLS: an address for links, which no policy lets its workload call. */
function isDoor({ on, value }: Literal, host: string, rendered: Rendered): boolean {
  return value === `https://${host}` && ofKind('Ingress')(rendered).some((one) => one.namespace === on.namespace && listOf(get(one.json, 'spec', 'rules')).some((each) => get(each, 'host') === host));
}

/** Has the Service of that name the port? Where it is not at hand nobody can tell. */
function isServed({ on }: Literal, { host, port }: Address, rendered: Rendered): boolean {
  const services = ofKind('Service')(rendered).filter((s) => s.namespace === on.namespace && s.name === host.split('.')[0]);
  return services.length === 0 || services.some((s) => listOf(get(s.json, 'spec', 'ports')).some((p) => String(get(p, 'port')) === (port ?? '80')));
}
