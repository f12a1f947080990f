import type { ClusterEnvironment, Environment, Platform } from '../model/index.ts';
import type { Fault } from './fault.ts';

/** RFC 1123 §2.1 in the lower case that Kubernetes asks for: labels of 1 to 63, 253 in all. */
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = new RegExp(`^(?=.{1,253}$)${LABEL}(?:\\.${LABEL})*$`);
/** `host[:port]`, then path components as the OCI distribution specification writes them. */
const REGISTRY = new RegExp(`^(?=.{1,255}$)${LABEL}(?:\\.${LABEL})*(?::[1-9][0-9]{0,4})?(?:/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$`);

/** A domain, registry, issuer or public host that is none: every manifest would carry it to where it fails late and far away. */
export function placeFaults(platform: Platform, environment: Environment): Fault[] {
  return environment.kind === 'local' ? [] : [...nameFaults(environment), ...hostFaults(platform, environment)];
}

function nameFaults({ name, declaredAt, domain, registry, issuer }: ClusterEnvironment): Fault[] {
  const where = declaredAt.replace(/:\d+$/, '');
  const fault = (key: string, value: string, want: string): Fault => ({ where, what: `the ${key} of "${name}" is not ${want}: ${JSON.stringify(value)}`, fix: `Write ${want}.` });
  return [
    ...(is(HOST, domain) ? [] : [fault('domain', domain, 'a host name in lower case, such as journey.example.com')]),
    ...(is(REGISTRY, registry) ? [] : [fault('registry', registry, 'a host with an optional port and path, such as registry.example.com/team')]),
    ...(is(HOST, issuer) ? [] : [fault('issuer', issuer, 'the name of a cert-manager issuer, such as letsencrypt')]),
  ];
}

/** A host may be good by itself and too long below this domain; below a bad domain it is not judged twice. */
function hostFaults(platform: Platform, { name, domain }: ClusterEnvironment): Fault[] {
  return Object.entries(platform.workloads).flatMap(([workload, { options, declaredAt }]): Fault[] => {
    if (!options.public) return [];
    const { host } = options.public;
    const full = is(HOST, domain) ? `${host}.${domain}` : host;
    if (is(HOST, host) && is(HOST, full)) return [];
    const what = `the public host of ${workload} is not a host name in "${name}": ${JSON.stringify(full)}`;
    return [{ where: declaredAt.replace(/:\d+$/, ''), what, fix: 'Write labels of a-z, 0-9 and `-`, at most 63 each and 253 in all with the domain.' }];
  });
}

/** The compiler may not have been asked. */
const is = (pattern: RegExp, value: unknown): boolean => typeof value === 'string' && pattern.test(value);
