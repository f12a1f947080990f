import { get, listOf, textsOf, type Path } from '../json.ts';
import { breach } from '../breach.ts';
import type { Manifest, Rendered } from '../rendered.ts';
import { rule } from '../rule.ts';
import { containersOf, podsOf } from './pods.ts';

/** One name at its place, and the form that it must have. */
interface Name { readonly on: Manifest; readonly at: Path; readonly value: unknown; readonly form: keyof typeof forms }

const LABEL = '[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?';
const forms = {
  label: { is: new RegExp(`^${LABEL}$`), most: 63 },
  subdomain: { is: new RegExp(`^${LABEL}(?:\\.${LABEL})*$`), most: 253 },
  host: { is: new RegExp(`^(?:\\*\\.)?${LABEL}(?:\\.${LABEL})*$`), most: 253 },
} as const;
/** Kinds whose name is one label; all others may have dots. */
const LABELS = ['Namespace', 'Service'];

export const dnsNames = rule({
  id: 'dns-names',
  why: 'The API server refuses a name that is no RFC 1123 name, and a host that no resolver can ask for is never reached nor given a certificate.',
  fix: 'Write small letters, digits and hyphens, 63 at most between two dots, a letter or digit at both ends of each part.',
  serves: ['RFC 1123 2.1'],
  of: (rendered) => [...Map.groupBy(namesIn(rendered), (name) => name.on).values()],
  check: (names) => {
    const wrong = names.filter(({ value, form }) => !(typeof value === 'string' && value.length <= forms[form].most && forms[form].is.test(value)));
    // a host stands in rules and tls: one mistake, said once
    const once = new Map(wrong.toReversed().map((name) => [JSON.stringify(name.value), name]));
    return [...once.values()].map(({ on, at, value, form }) => breach(on, at, `${JSON.stringify(value) ?? 'nothing'} is no RFC 1123 ${form}`));
  },
});

function namesIn(rendered: Rendered): readonly Name[] {
  return [
    ...rendered.manifests.filter((m) => m.kind !== '').flatMap((on): Name[] => [
      { on, at: ['metadata', 'name'], value: get(on.json, 'metadata', 'name'), form: LABELS.includes(on.kind) ? 'label' : 'subdomain' },
      ...present(on, ['metadata', 'namespace'], 'label'),
      ...(on.kind === 'Ingress' ? hostsOf(on) : []),
    ]),
    ...containersOf(rendered).map((c): Name => ({ on: c.on, at: [...c.at, 'name'], value: get(c.json, 'name'), form: 'label' })),
    ...podsOf(rendered).flatMap((pod) => present(pod.on, [...pod.at, 'serviceAccountName'], 'subdomain')),
  ];
}

const hostsOf = (on: Manifest): readonly Name[] => [
  ...listOf(get(on.json, 'spec', 'rules')).flatMap((rule, i) => [
    ...present(on, ['spec', 'rules', i, 'host'], 'host'),
    ...listOf(get(rule, 'http', 'paths')).flatMap((_, p) => present(on, ['spec', 'rules', i, 'http', 'paths', p, 'backend', 'service', 'name'], 'label')),
  ]),
  ...listOf(get(on.json, 'spec', 'tls')).flatMap((tls, i) => [
    ...textsOf(get(tls, 'hosts')).map((value, h): Name => ({ on, at: ['spec', 'tls', i, 'hosts', h], value, form: 'host' })),
    ...present(on, ['spec', 'tls', i, 'secretName'], 'subdomain'),
  ]),
];

/** Nothing where the name is left out: that is another rule's. */
function present(on: Manifest, at: Path, form: Name['form']): readonly Name[] {
  const value = get(on.json, ...at);
  return value === undefined ? [] : [{ on, at, value, form }];
}
