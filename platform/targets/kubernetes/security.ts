import { quantity, type PodSpec, type SecurityContext, type Volume, type VolumeMount } from './cdk8s.ts';

/** A user and group that exist in an image, or need not exist. */
export interface User { readonly user: number; readonly group: number }
/** No image of ours needs a name for its user; a high number is nobody on the node. */
export const nobody: User = { user: 10_001, group: 10_001 };

/** The pod's half of the Pod Security Standard `restricted`, and no API token unless asked for (CIS 5.1.6). */
export function podSecurity({ user, group }: User, withToken = false) {
  return {
    automountServiceAccountToken: withToken,
    // Docker-style variables of every Service would collide with a contract's (`AUTH_PORT`).
    enableServiceLinks: false,
    securityContext: {
      runAsNonRoot: true, runAsUser: user, runAsGroup: group, fsGroup: group, fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
  } satisfies Partial<PodSpec>;
}

/** The container's half. */
export const containerSecurity: SecurityContext = {
  runAsNonRoot: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, privileged: false,
  capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
};

/** A folder that can be written where everything else cannot; lost with the pod. */
export function scratch(name: string, mountPath: string, size = '64Mi'): { readonly volume: Volume; readonly mount: VolumeMount } {
  return { volume: { name, emptyDir: { sizeLimit: quantity(size) } }, mount: { name, mountPath } };
}
