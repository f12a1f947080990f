import { hostOf, servingPort } from '../../model/index.ts';
import { cluster } from './cluster.ts';
import { ingress } from './cdk8s.ts';
import { metadataOf } from './metadata.ts';
import type { Described } from './object.ts';
import type { Deployed } from './scope.ts';
import { wave } from './wave.ts';

/** The way in from outside, by TLS only; cert-manager puts the certificate into `<workload>-tls`. Absent for what is not public. */
export function ingressOf({ scope, owner, name, workload }: Deployed): Described[] {
  const host = hostOf(scope.environment, workload);
  if (host === undefined) return [];
  const metadata = metadataOf(scope, owner, name, wave.workload);
  return [ingress({
    metadata: {
      ...metadata,
      annotations: {
        ...metadata.annotations,
        'cert-manager.io/cluster-issuer': scope.environment.issuer,
        'nginx.ingress.kubernetes.io/force-ssl-redirect': 'true',
      },
    },
    spec: {
      ingressClassName: cluster.ingressClass,
      tls: [{ hosts: [host], secretName: `${name}-tls` }],
      rules: [{ host, http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name, port: { name: servingPort(workload.contract).name } } } }] } }],
    },
  })];
}
