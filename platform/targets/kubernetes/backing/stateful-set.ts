import { intOrString, quantity, service, statefulSet, type Volume, type VolumeMount } from '../cdk8s.ts';
import { labelsOf, metadataOf, selectorOf } from '../metadata.ts';
import type { Described } from '../object.ts';
import { requirementsOf } from '../resources.ts';
import type { Owner, Scope } from '../scope.ts';
import { credentialsOf } from '../secret.ts';
import { containerSecurity, podSecurity, scratch } from '../security.ts';
import type { Server } from './server.ts';
import { wave } from '../wave.ts';

/** One copy of a server with a volume that outlives it. */
export function statefulSetOf(scope: Scope, owner: Owner, server: Server, storage: string, declaredBy: readonly string[]): Described {
  const { name } = owner;
  const matchLabels = selectorOf(scope, name);
  const { volumes, mounts } = volumesOf(name, server);
  return statefulSet({
    metadata: metadataOf(scope, owner, name, wave.backing, declaredBy),
    spec: {
      serviceName: name,
      replicas: 1,
      selector: { matchLabels },
      template: {
        metadata: { labels: labelsOf(scope, owner) },
        spec: {
          ...podSecurity(server.user),
          serviceAccountName: name,
          terminationGracePeriodSeconds: 60,
          containers: [{
            name,
            image: server.image,
            imagePullPolicy: 'IfNotPresent',
            ...(server.command ? { command: [...server.command] } : {}),
            ...(server.env.length > 0 ? { env: [...server.env] } : {}),
            ports: server.ports.map((port) => ({ name: port.name, containerPort: port.number, protocol: 'TCP' })),
            startupProbe: server.probes.startup,
            livenessProbe: server.probes.live,
            readinessProbe: server.probes.ready,
            resources: requirementsOf(server.amount),
            securityContext: containerSecurity,
            volumeMounts: mounts,
          }],
          volumes,
        },
      },
      volumeClaimTemplates: [{
        metadata: { name: 'data', labels: matchLabels },
        spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: quantity(storage) } } },
      }],
    },
  }, declaredBy);
}

/** Headless: its name is the address of the one pod. */
export function headlessServiceOf(scope: Scope, owner: Owner, { ports: [port] }: Server, declaredBy: readonly string[]): Described {
  return service({
    metadata: metadataOf(scope, owner, owner.name, wave.backing, declaredBy),
    spec: {
      clusterIp: 'None',
      selector: selectorOf(scope, owner.name),
      ports: port ? [{ name: port.name, port: port.number, targetPort: intOrString(port.name), protocol: 'TCP' }] : [],
    },
  }, declaredBy);
}

function volumesOf(name: string, server: Server): { readonly volumes: Volume[]; readonly mounts: VolumeMount[] } {
  const folders = server.scratch.map((path) => scratch(path.slice(1).replaceAll('/', '-'), path));
  const secretFiles = Object.entries(server.secretFiles);
  const files = Object.keys(server.files);
  return {
    volumes: [
      ...folders.map(({ volume }) => volume),
      ...(secretFiles.length > 0
        ? [{ name: 'credentials', secret: { secretName: credentialsOf(name), defaultMode: 0o440, items: secretFiles.map(([key]) => ({ key, path: key })) } }] : []),
      ...(files.length > 0 ? [{ name: 'files', configMap: { name, defaultMode: 0o444 } }] : []),
    ],
    // Folders before what lies in them.
    mounts: [
      ...folders.map(({ mount }) => mount),
      { name: 'data', mountPath: server.data },
      ...secretFiles.map(([key, mountPath]) => ({ name: 'credentials', mountPath, subPath: key, readOnly: true })),
      ...files.map((mountPath) => ({ name: 'files', mountPath, subPath: fileName(mountPath), readOnly: true })),
    ],
  };
}

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
