/** The smallest environment that every rule has something to look at, and nothing to say about. */
export type Plain = { [key: string]: unknown };

const NAMESPACE = 'journey-production';
export const DIGEST = `sha256:${'4f53cda18c2baa0c0354bb5f9a3ecbe5'.repeat(2)}`;

export const labelsOf = (name: string) => ({
  'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'request-journey-production', 'app.kubernetes.io/version': '4f53cda18c2b',
  'app.kubernetes.io/component': 'workload', 'app.kubernetes.io/part-of': 'request-journey', 'app.kubernetes.io/managed-by': 'argocd',
});
const selectorOf = (name: string) => ({ 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': 'request-journey-production' });
const podsOf = (name: string) => ({ podSelector: { matchLabels: selectorOf(name) } });

const waves: Readonly<Record<string, number>> = {
  Namespace: -40, NetworkPolicy: -30, ResourceQuota: -30, LimitRange: -30, ServiceAccount: -20, Role: -20, RoleBinding: -20, ConfigMap: -20, ExternalSecret: -20,
  Job: -10, HorizontalPodAutoscaler: 5,
};
export const waveOf = (wave: number) => ({ 'argocd.argoproj.io/sync-wave': String(wave) });

const object = (apiVersion: string, kind: string, name: string, rest: Plain, owner = 'environment', declaredBy?: string): Plain => ({
  apiVersion, kind,
  metadata: {
    name, ...(kind === 'Namespace' ? {} : { namespace: NAMESPACE }), labels: labelsOf(owner),
    annotations: { ...waveOf(waves[kind] ?? 0), ...(declaredBy === undefined ? {} : { 'request-journey.dev/declared-by': declaredBy }) },
  },
  ...rest,
});

const restricted = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, readOnlyRootFilesystem: true };
const limits = { requests: { cpu: '100m', memory: '160Mi' }, limits: { cpu: '400m', memory: '320Mi' } };
const container = (name: string, more: Plain = {}): Plain => ({
  name, image: `registry.example.com/request-journey/${name}@${DIGEST}`, securityContext: restricted, resources: limits, ...more,
});
const get = (path: string) => ({ httpGet: { path, port: 'metrics' }, periodSeconds: 5 });

const deployment = (name: string): Plain => object('apps/v1', 'Deployment', name, {
  spec: {
    replicas: 1,
    selector: { matchLabels: selectorOf(name) },
    template: {
      metadata: { labels: labelsOf(name) },
      spec: {
        serviceAccountName: name, automountServiceAccountToken: false,
        securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
        initContainers: [container('wait', { command: ['node', 'wait.ts'] })],
        containers: [container(name, {
          env: [{ name: 'LOG_LEVEL', value: 'info' }, { name: 'AUTH_URL', valueFrom: { configMapKeyRef: { name, key: 'AUTH_URL' } } }],
          ports: [{ name: 'http', containerPort: 8080 }, { name: 'metrics', containerPort: 9090 }],
          livenessProbe: get('/livez'), readinessProbe: get('/readyz'),
          volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
        })],
        volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '16Mi' } }],
      },
    },
  },
}, name);

const job = (name: string, workload: string, hook: 'Sync' | 'PostSync', command: string[]): Plain => {
  const { metadata, ...rest } = object('batch/v1', 'Job', name, {
    spec: {
      backoffLimit: 1,
      template: {
        metadata: { labels: labelsOf(name) },
        spec: {
          serviceAccountName: workload, automountServiceAccountToken: false, restartPolicy: 'Never',
          securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [container(workload, { command })],
        },
      },
    },
  }, name) as { metadata: { annotations: Plain } };
  const annotations = { ...metadata.annotations, 'argocd.argoproj.io/hook': hook, 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation' };
  return { ...rest, metadata: { ...metadata, annotations } };
};

const policy = (name: string, podSelector: Plain, rules: Plain, owner?: string, declaredBy?: string): Plain =>
  object('networking.k8s.io/v1', 'NetworkPolicy', name, { spec: { podSelector, ...rules } }, owner, declaredBy);
const inNamespace = (name: string, pod: Plain) => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } }, podSelector: { matchLabels: pod } });
const tcp = (port: number) => [{ port, protocol: 'TCP' }];

/** A namespace as it must be. */
export const space = {
  namespace: {
    ...object('v1', 'Namespace', NAMESPACE, {}),
    metadata: { name: NAMESPACE, labels: { ...labelsOf('environment'), 'pod-security.kubernetes.io/enforce': 'restricted' }, annotations: waveOf(-40) },
  },
  quota: object('v1', 'ResourceQuota', 'quota', { spec: { hard: { pods: '100', 'limits.memory': '64Gi' } } }),
  limitRange: object('v1', 'LimitRange', 'limits', { spec: { limits: [{ type: 'Container', default: { cpu: '400m', memory: '320Mi' }, defaultRequest: { cpu: '100m', memory: '160Mi' } }] } }),
  defaultDeny: policy('default-deny', {}, { policyTypes: ['Ingress', 'Egress'] }),
};

/** The workload that most rules are broken on. */
export const gateway = {
  account: object('v1', 'ServiceAccount', 'gateway', { automountServiceAccountToken: false }, 'gateway'),
  deployment: deployment('gateway'),
  service: object('v1', 'Service', 'gateway', { spec: { selector: selectorOf('gateway'), ports: [{ name: 'http', port: 8080, targetPort: 'http' }, { name: 'metrics', port: 9090, targetPort: 9090 }] } }, 'gateway'),
  scaler: object('autoscaling/v2', 'HorizontalPodAutoscaler', 'gateway', {
    spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' }, minReplicas: 3, maxReplicas: 20, metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } }] },
  }, 'gateway'),
  budget: object('policy/v1', 'PodDisruptionBudget', 'gateway', { spec: { maxUnavailable: 1, selector: { matchLabels: selectorOf('gateway') } } }, 'gateway'),
  config: object('v1', 'ConfigMap', 'gateway', { data: { AUTH_URL: 'http://auth:8080' } }, 'gateway', 'gateway.AUTH_URL'),
  ingress: object('networking.k8s.io/v1', 'Ingress', 'gateway', {
    spec: {
      ingressClassName: 'nginx', tls: [{ hosts: ['api.journey.example.com'], secretName: 'gateway-tls' }],
      rules: [{ host: 'api.journey.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'gateway', port: { name: 'http' } } } }] } }],
    },
  }, 'gateway'),
  externalSecret: object('external-secrets.io/v1', 'ExternalSecret', 'gateway', {
    spec: { refreshInterval: '1h', secretStoreRef: { kind: 'SecretStore', name: 'vault' }, target: { name: 'gateway' }, data: [{ secretKey: 'COOKIE_KEY', remoteRef: { key: 'request-journey/production/gateway-cookie-key' } }] },
  }, 'gateway', 'gateway.COOKIE_KEY'),
  monitor: object('monitoring.coreos.com/v1', 'ServiceMonitor', 'gateway', { spec: { selector: { matchLabels: selectorOf('gateway') }, endpoints: [{ port: 'metrics', path: '/metrics', interval: '30s' }] } }, 'gateway'),
  toAuth: policy('gateway-to-auth', podsOf('gateway').podSelector, { policyTypes: ['Egress'], egress: [{ to: [podsOf('auth')], ports: tcp(8080) }] }, 'gateway', 'gateway.AUTH_URL'),
  toSessions: policy('gateway-to-sessions', podsOf('gateway').podSelector, { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.30.0.0/16' } }], ports: tcp(6379) }] }, 'gateway', 'gateway.SESSIONS'),
  migration: job('gateway-migration', 'gateway', 'Sync', ['node', 'services/gateway/main.ts', 'migrate']),
  smoke: job('gateway-smoke', 'gateway', 'PostSync', ['node', 'services/kit/smoke-main.ts', '--workload', 'gateway', '--health', '9090']),
  smokeToGateway: policy('gateway-smoke-to-gateway', podsOf('gateway-smoke').podSelector, { policyTypes: ['Egress'], egress: [{ to: [podsOf('gateway')], ports: [...tcp(8080), ...tcp(9090)] }] }, 'gateway-smoke'),
  fromSmoke: policy('gateway-from-gateway-smoke', podsOf('gateway').podSelector, { policyTypes: ['Ingress'], ingress: [{ from: [podsOf('gateway-smoke')], ports: [...tcp(8080), ...tcp(9090)] }] }, 'gateway'),
  fromIngress: policy('gateway-from-ingress-controller', podsOf('gateway').podSelector, {
    policyTypes: ['Ingress'], ingress: [{ from: [inNamespace('ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx' })], ports: tcp(8080) }],
  }, 'gateway'),
  fromPrometheus: policy('gateway-from-prometheus', podsOf('gateway').podSelector, {
    policyTypes: ['Ingress'], ingress: [{ from: [inNamespace('monitoring', { 'app.kubernetes.io/name': 'prometheus' })], ports: tcp(9090) }],
  }, 'gateway'),
};

export const auth = {
  account: object('v1', 'ServiceAccount', 'auth', {}, 'auth'),
  role: object('rbac.authorization.k8s.io/v1', 'Role', 'auth', { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list'] }] }, 'auth'),
  binding: object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'auth', {
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'auth' }, subjects: [{ kind: 'ServiceAccount', name: 'auth', namespace: NAMESPACE }],
  }, 'auth'),
  deployment: deployment('auth'),
  service: object('v1', 'Service', 'auth', { spec: { selector: selectorOf('auth'), ports: [{ name: 'http', port: 8080, targetPort: 'http' }] } }, 'auth'),
  fromGateway: policy('auth-from-gateway', podsOf('auth').podSelector, { policyTypes: ['Ingress'], ingress: [{ from: [podsOf('gateway')], ports: tcp(8080) }] }, 'auth', 'gateway.AUTH_URL'),
  toApi: policy('auth-to-kubernetes-api', podsOf('auth').podSelector, { policyTypes: ['Egress'], egress: [{ to: [{ ipBlock: { cidr: '10.30.0.0/16' } }], ports: [...tcp(443), ...tcp(6443)] }] }, 'auth'),
};

export const shared = {
  ...space,
  dns: policy('allow-dns', {}, { policyTypes: ['Egress'], egress: [{ to: [inNamespace('kube-system', { 'k8s-app': 'kube-dns' })], ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }] }),
  acme: policy('acme-solver', { matchLabels: { 'acme.cert-manager.io/http01-solver': 'true' } }, {
    policyTypes: ['Ingress'], ingress: [{ from: [inNamespace('ingress-nginx', { 'app.kubernetes.io/name': 'ingress-nginx' })], ports: tcp(8089) }],
  }),
  alerts: object('monitoring.coreos.com/v1', 'PrometheusRule', 'alerts', { spec: { groups: [{ name: 'gateway', rules: [{ alert: 'Down', expr: 'up == 0', for: '5m', labels: { severity: 'page' }, annotations: { runbook_url: 'https://example.com/runbook' } }] }] } }),
};

const line = 'platform/workloads/gateway.ts';
export const journey = {
  version: 1, environment: 'production',
  nodes: [
    { name: 'sessions', kind: 'backing', declaredAt: 'platform/backing.ts:10', backing: 'cache', provider: 'aws', files: [] },
    { name: 'auth', kind: 'workload', declaredAt: 'platform/workloads/auth.ts:7', files: [] },
    { name: 'gateway', kind: 'workload', declaredAt: `${line}:7`, files: [] },
  ],
  edges: [
    { reference: 'gateway.AUTH_URL', from: 'gateway', to: 'auth', kind: 'service', port: { name: 'http', number: 8080 }, declaredAt: `${line}:9`, manifests: [], policies: [], objects: [] },
    { reference: 'gateway.SESSIONS', from: 'gateway', to: 'sessions', kind: 'backing', backing: 'cache', declaredAt: `${line}:11`, manifests: [], policies: [], objects: [] },
  ],
  secrets: [{ reference: 'gateway.COOKIE_KEY', secret: 'gateway-cookie-key', declaredAt: `${line}:12`, manifests: [] }],
  knobs: [],
  delivery: { after: 'staging', approvals: { release: 1, model: 1 }, soakMinutes: 60, window: { schedule: '0 8 * * 1-4', hours: 8, timeZone: 'Europe/Dublin' } },
};
