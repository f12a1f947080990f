import type { Declared } from '../api/declared.ts';

const workloads = ['auth', 'configuration', 'dashboard', 'deployment', 'gateway', 'monitoring', 'notification'];
const calls = [
  ['dashboard.GATEWAY_URL', 'gateway', 11], ['gateway.AUTH_URL', 'auth', 14], ['gateway.DEPLOYMENT_URL', 'deployment', 15],
  ['gateway.CONFIGURATION_URL', 'configuration', 16], ['gateway.MONITORING_URL', 'monitoring', 17], ['deployment.CONFIGURATION_URL', 'configuration', 12],
] as const;
const uses = [
  ['gateway.SESSIONS', 'sessions', 18], ['auth.DATABASE', 'identity', 9], ['configuration.DATABASE', 'settings', 9], ['configuration.SETTINGS_CACHE', 'settings-cache', 10],
  ['deployment.DATABASE', 'deployments', 11], ['deployment.EVENTS', 'events', 13], ['notification.DATABASE', 'notifications', 9], ['notification.EVENTS', 'events', 10],
  ['notification.MAIL', 'post', 11], ['notification.ARCHIVE', 'archive', 12], ['monitoring.DATABASE', 'telemetry', 10],
] as const;

/** A graph in the form of `journey.json`, for tests. */
export function fakeGraph(environment: string): Declared {
  const edge = (kind: 'service' | 'backing') => ([reference, to, line]: readonly [string, string, number]) => {
    const from = reference.split('.')[0] ?? '';
    return {
      reference, from, to, kind, declaredAt: `platform/workloads/${from}.ts:${line}`,
      manifests: environment === 'local' ? [] : [`kubernetes/${from}/networkpolicy-${from}-to-${to}.yaml`],
      policies: environment === 'local' ? [] : [{ object: `NetworkPolicy/${from}-to-${to}` }],
    };
  };
  return {
    environment,
    nodes: workloads.map((name) => ({ name, kind: 'workload', declaredAt: `platform/workloads/${name}.ts:7`, files: environment === 'local' ? [] : [`kubernetes/${name}/deployment.yaml`] })),
    edges: [...calls.map(edge('service')), ...uses.map(edge('backing'))],
  };
}
