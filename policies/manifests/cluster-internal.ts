import { get, textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { ofKind } from './pods.ts';

export const clusterInternal = rule({
  id: 'cluster-internal',
  why: 'A node port, load balancer or external address opens a second door beside the Ingress: no TLS, no host, no limit.',
  fix: 'Make the Service a ClusterIP and let an Ingress (`public` in the model) lead to it.',
  serves: ['NSA/CISA: Network separation and hardening', 'NSA/CISA: Network policies'],
  of: ofKind('Service'),
  check: (on) => [
    ...(['ClusterIP', undefined].includes(textOf(get(on.json, 'spec', 'type'))) ? [] : [breach(on, ['spec', 'type'], `is a ${String(get(on.json, 'spec', 'type'))}`)]),
    ...(get(on.json, 'spec', 'externalIPs') === undefined ? [] : [breach(on, ['spec', 'externalIPs'], 'answers on external addresses')]),
  ],
});
