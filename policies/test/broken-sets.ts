import { stringify } from 'yaml';
import { changed, type Broken } from './change.ts';
import { auth, gateway, journey, space, type Plain } from './good.ts';

const one = (rule: string, name: string, object: Plain, changes: Readonly<Record<string, unknown>> = {}, more: Broken['files'] = {}): Broken =>
  ({ rule, name, files: { 'object.yaml': [changed(object, changes)], ...more } });
const set = (rule: string, name: string, objects: readonly Plain[]): Broken => ({ rule, name, files: { 'objects.yaml': objects } });
/** Beside its graph. */
const drawn = (rule: string, name: string, object: Plain, changes: Readonly<Record<string, unknown>> = {}) => one(rule, name, object, changes, { 'journey.json': journey });
const raw = (name: string, file: string, text: string): Broken => ({ rule: 'readable', name, files: { [file]: text } });

const { namespace, quota, limitRange, defaultDeny } = space;
const here = [namespace, quota, limitRange, defaultDeny];
const noCloud = { ...journey, nodes: journey.nodes.slice(1), edges: journey.edges.slice(0, 1) };
const whole = (rule: string, name: string, graph: object | undefined, objects: readonly Plain[]): Broken => ({
  rule, name, files: { 'production/kubernetes/shared/objects.yaml': objects, ...(graph ? { 'production/journey.json': graph } : {}) },
});
const naming = (more: object) => ({ ...journey, nodes: [], edges: [], secrets: [], ...more });
const edge = journey.edges[1];
const sessions = { ...journey.nodes[0], provider: 'external' };
const workload = { name: 'gateway', kind: 'workload', declaredAt: 'platform/workloads/gateway.ts:7' };
const role = (rule: string, name: string, changes: Readonly<Record<string, unknown>>) => one(rule, name, auth.role, changes);
const binding = (name: string, changes: Readonly<Record<string, unknown>>) => one('rbac-escalation', name, auth.binding, changes);
const service = stringify(gateway.service);

/** Objects, sets of objects and texts that break one rule each. */
export const brokenSets: readonly Broken[] = [
  raw('duplicate-key', 'service.yaml', service.replace('  name: gateway\n', '  name: gateway\n  name: gatevvay\n')),
  raw('alias', 'service.yaml', service.replace('spec:', 'spec: &spec').concat('status: *spec\n')),
  raw('alias-in-one-line', 'bomb.yaml', 'a: [x, x]\nb: [*a]\n'.replace('a:', 'a: &a')),
  raw('tag', 'service.yaml', service.replace('kind: Service', 'kind: !!js/function Service')),
  raw('yes-is-true', 'config-map.yaml', stringify(gateway.config).replace('AUTH_URL: http://auth:8080', 'COOKIE_SECURE: yes')),
  raw('octal', 'config-map.yaml', stringify(gateway.config).replace('http://auth:8080', '0644')),
  raw('second-document', 'service.yaml', `${service}---\nkind: [\n`),
  raw('too-deep', 'deep.yaml', `${'['.repeat(80)}${']'.repeat(80)}\n`),
  raw('json-duplicate-key', 'service.json', JSON.stringify(gateway.service).replace('"name":"gateway"', '"name":"gatevvay","name":"gateway"')),
  raw('json-broken', 'service.json', '{"apiVersion": "v1",}'),
  raw('json-too-deep', 'deep.json', `{"apiVersion":${'['.repeat(70)}${']'.repeat(70)}}`),
  { rule: 'readable', name: 'jsonnet', files: { 'production/kubernetes/shared/objects.yaml': here, 'production/journey.json': { ...noCloud, edges: [] }, 'production/kubernetes/shared/more.jsonnet': '{}\n' } },
  raw('graph', 'journey.json', '{"version": 1, "environment": "production"}\n'),
  raw('stack-duplicate-key', 'cdk.tf.json', '{"resource": {}, "resource": {}}\n'),

  raw('left-out-by-argocd', 'service.yaml', `# +argocd:skip-file-rendering\n${service}`),

  { rule: 'known-kind', name: 'no-object', files: { 'values.yaml': [{ replicas: 3 }] } },
  one('known-kind', 'list', { ...auth.service, apiVersion: 'v1', kind: 'List', items: [] }),
  one('known-kind', 'typed-list', { ...auth.service, apiVersion: 'apps/v1', kind: 'DeploymentList', items: [] }),
  one('known-kind', 'custom-resource', { ...auth.service, apiVersion: 'acme.example.com/v1', kind: 'Widget' }),
  one('custom-schema', 'misspelt', gateway.monitor, { '/spec/endpoints/0/paht': '/metrics' }),
  one('custom-schema', 'wrong-type', gateway.externalSecret, { '/spec/data': 'COOKIE_KEY' }),
  one('custom-schema', 'generator', { ...gateway.externalSecret, apiVersion: 'generators.external-secrets.io/v1alpha1', kind: 'Password' }, { '/spec': { length: 32, allowRepeat: true, noUpper: false, lenght: 3 } }),
  set('unique-objects', 'twice', [gateway.config, gateway.config]),
  whole('whole-environment', 'no-graph', undefined, here),
  whole('whole-environment', 'no-namespace', { ...noCloud, edges: [] }, [gateway.account]),
  whole('whole-environment', 'no-stack', { ...journey, edges: [] }, here),
  whole('named-files', 'file-missing', naming({ nodes: [{ ...workload, files: ['observability/gateway.yaml'] }] }), here),
  whole('named-files', 'file-of-an-edge', naming({ nodes: [sessions], edges: [{ ...edge, manifests: ['kubernetes/auth/network-policies.yaml'] }] }), [...here, gateway.deployment, gateway.toSessions]),
  whole('named-files', 'file-of-a-secret', naming({ secrets: [{ ...journey.secrets[0], manifests: ['kubernetes/gateway/external-secret.yaml'] }] }), here),
  whole('named-files', 'object-missing', naming({ nodes: [sessions], edges: [{ ...edge, policies: [{ file: 'kubernetes/shared/objects.yaml', object: 'NetworkPolicy/sessions-from-gateway' }] }] }), [...here, gateway.deployment, gateway.toSessions]),
  { rule: 'named-files', name: 'file-too-many', files: { 'production/kubernetes/shared/objects.yaml': here, 'production/journey.json': naming({}), 'production/kubernetes/gateway/extra.yaml': [gateway.account] } },

  one('job-hooks', 'none', gateway.migration, { '/metadata/annotations/argocd.argoproj.io~1hook': undefined }),
  one('job-hooks', 'two-phases', gateway.migration, { '/metadata/annotations/argocd.argoproj.io~1hook': 'PreSync,Sync' }),
  one('job-hooks', 'skipped-deployment', gateway.deployment, { '/metadata/annotations/argocd.argoproj.io~1hook': 'Skip' }),
  one('job-hooks', 'stays', gateway.smoke, { '/metadata/annotations/argocd.argoproj.io~1hook-delete-policy': 'HookSucceeded' }),
  set('disruption-budget', 'none', [...here, changed(gateway.deployment, { '/spec/replicas': 2 })]),
  set('disruption-budget', 'autoscaled', [...here, gateway.deployment, gateway.scaler]),
  set('disruption-budget', 'lets-all-go', [...here, changed(gateway.deployment, { '/spec/replicas': 2 }), changed(gateway.budget, { '/spec/maxUnavailable': '100%' })]),
  one('token-automount', 'account', gateway.account, { '/automountServiceAccountToken': undefined }),
  set('token-automount', 'bound-elsewhere', [changed(gateway.account, { '/automountServiceAccountToken': true }), auth.binding]),
  role('rbac-wildcard', 'verbs', { '/rules/0/verbs': ['*'] }),
  role('rbac-wildcard', 'resources', { '/rules/0/resources': ['pods', '*'] }),
  role('rbac-wildcard', 'groups', { '/rules/0/apiGroups': ['*'] }),
  role('rbac-escalation', 'secrets', { '/rules/0/resources': ['secrets'] }),
  role('rbac-escalation', 'impersonate', { '/rules/0/verbs': ['impersonate'] }),
  binding('cluster-admin', { '/roleRef': { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' } }),
  binding('everybody', { '/subjects/0': { kind: 'Group', apiGroup: 'rbac.authorization.k8s.io', name: 'system:authenticated' } }),
  drawn('config-url', 'no-reference', gateway.config, { '/data/TELEMETRY': 'http://collector:4318' }),
  drawn('config-url', 'other-target', gateway.config, { '/data/AUTH_URL': 'http://auht:8080' }),
  drawn('config-url', 'longer-name', gateway.config, { '/data/AUTH_URL': 'http://auth.example.com:8080' }),
  drawn('config-url', 'second-address', gateway.config, { '/data/AUTH_URL': 'http://auth:8080,http://[2001:db8::1]:8080' }),
  drawn('config-url', 'door-of-nobody', gateway.config, { '/data/PAGES_URL': 'https://app.journey.example.com' }),
  { rule: 'config-url', name: 'door-without-tls', files: { 'objects.yaml': [changed(gateway.config, { '/data/PAGES_URL': 'http://api.journey.example.com' }), gateway.ingress], 'journey.json': journey } },
  { rule: 'config-url', name: 'below-a-door', files: { 'objects.yaml': [changed(gateway.config, { '/data/PAGES_URL': 'https://api.journey.example.com/v1' }), gateway.ingress], 'journey.json': journey } },
  { rule: 'config-url', name: 'other-port', files: { 'objects.yaml': [gateway.config, changed(auth.service, { '/spec/ports/0/port': 9999 })], 'journey.json': journey } },
  one('literal-secret', 'config-map', gateway.config, { '/data': { SIGNING_SECRET: 'hunter2' } }),
  one('literal-secret', 'url-with-password', gateway.config, { '/data': { DATABASE: 'postgres://journey:hunter2@identity/journey' } }),
  one('secret-object', 'data', { ...gateway.account, kind: 'Secret', automountServiceAccountToken: undefined, data: { key: 'aHVudGVyMg==' } }),
  one('secret-object', 'string-data', { ...gateway.account, kind: 'Secret', automountServiceAccountToken: undefined, stringData: { key: 'hunter2' } }),

  set('namespace-restricted', 'baseline', [changed(namespace, { '/metadata/labels/pod-security.kubernetes.io~1enforce': 'baseline' }), quota, limitRange, defaultDeny]),
  set('namespace-limits', 'no-quota', [namespace, limitRange, defaultDeny]),
  set('namespace-limits', 'no-limit-range', [namespace, quota, defaultDeny]),
  set('default-deny', 'ingress-only', [namespace, quota, limitRange, changed(defaultDeny, { '/spec/policyTypes': ['Ingress'] })]),
  set('default-deny', 'egress-only', [namespace, quota, limitRange, changed(defaultDeny, { '/spec/policyTypes': ['Egress'] })]),
  one('edge-declared', 'by-hand', gateway.toAuth, { '/metadata/annotations': undefined }),
  drawn('edge-declared', 'no-edge', gateway.toAuth, { '/metadata/annotations/request-journey.dev~1declared-by': 'gateway.AHTU_URL' }),
  drawn('edge-declared', 'other-target', gateway.toAuth, { '/spec/egress/0/to/0/podSelector/matchLabels/app.kubernetes.io~1name': 'deployment' }),
  drawn('edge-declared', 'everybody', gateway.toAuth, { '/spec/egress/0/to': [] }),
  drawn('edge-declared', 'every-pod', gateway.toAuth, { '/spec/podSelector': {} }),
  drawn('edge-declared', 'half-the-internet', gateway.toSessions, { '/spec/egress/0/to/0/ipBlock/cidr': '128.0.0.0/1' }),
  drawn('edge-declared', 'internet', gateway.toSessions, { '/spec/egress/0/to/0/ipBlock/cidr': '0.0.0.0/0' }),
  drawn('edge-declared', 'address-of-a-service', gateway.toAuth, { '/spec/egress/0/to/0': { ipBlock: { cidr: '10.0.0.0/8' } } }),
  drawn('edge-declared', 'every-port', gateway.toAuth, { '/spec/egress/0/ports': undefined }),
  drawn('edge-declared', 'other-port', gateway.toAuth, { '/spec/egress/0/ports/0/port': 9090 }),
  drawn('edge-declared', 'port-range', gateway.toAuth, { '/spec/egress/0/ports/0/endPort': 9090 }),
  one('edge-declared', 'smoke-test-asks-another', gateway.smokeToGateway, { '/spec/egress/0/to/0/podSelector/matchLabels/app.kubernetes.io~1name': 'auth' }),
  one('edge-declared', 'smoke-test-of-nobody', gateway.fromSmoke),
  one('edge-declared', 'ingress-controller-without-ingress', gateway.fromIngress),
  one('edge-declared', 'api-without-rights', auth.toApi),
  one('edge-declared', 'everybody-there', gateway.fromPrometheus, { '/spec/ingress/0/from/0/podSelector': undefined }),
  whole('edge-policies', 'no-egress', noCloud, [...here, gateway.deployment, auth.deployment, auth.fromGateway]),
  whole('edge-policies', 'no-ingress', noCloud, [...here, gateway.deployment, auth.deployment, gateway.toAuth]),
  set('policy-pods', 'left-behind', [...here, changed(gateway.toAuth, { '/spec/podSelector/matchLabels/app.kubernetes.io~1name': 'gateway-migration' })]),
  one('cluster-internal', 'load-balancer', gateway.service, { '/spec/type': 'LoadBalancer' }),
  one('cluster-internal', 'external-address', gateway.service, { '/spec/externalIPs': ['203.0.113.7'] }),
  one('ingress-tls', 'none', gateway.ingress, { '/spec/tls': undefined }),
  one('ingress-tls', 'other-host', gateway.ingress, { '/spec/tls/0/hosts': ['app.journey.example.com'] }),
  one('ingress-tls', 'no-redirect', gateway.ingress, { '/metadata/annotations': { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' } }),
  one('ingress-tls', 'default-backend', gateway.ingress, { '/spec/defaultBackend': { service: { name: 'gateway', port: { name: 'http' } } } }),
  one('dns-names', 'rule-host', gateway.ingress, { '/spec/rules/0/host': 'api.Bad Domain', '/spec/tls/0/hosts/0': 'api.Bad Domain' }),
  one('dns-names', 'tls-host', gateway.ingress, { '/spec/tls/0/hosts/1': 'api_journey.example.com' }),
  one('dns-names', 'object', gateway.config, { '/metadata/name': 'Gateway_Config', '/data': { LOG_LEVEL: 'info' } }),
  one('dns-names', 'too-long', gateway.service, { '/metadata/name': 'g'.repeat(64) }),
  one('dns-names', 'namespace', gateway.account, { '/metadata/namespace': 'journey.production' }),
  one('dns-names', 'container', gateway.deployment, { '/spec/template/spec/containers/0/name': 'Gateway' }),
  one('dns-names', 'backend', gateway.ingress, { '/spec/rules/0/http/paths/0/backend/service/name': 'gate way' }),
  one('selectors', 'service-by-version', gateway.service, { '/spec/selector/app.kubernetes.io~1version': '1' }),
  one('selectors', 'budget-by-name-only', gateway.budget, { '/spec/selector/matchLabels/app.kubernetes.io~1instance': undefined }),
  set('service-pods', 'no-pods', [...here, gateway.service]),
  set('service-pods', 'closed-port', [...here, gateway.deployment, changed(gateway.service, { '/spec/ports/0/targetPort': 'htpp' })]),
];
