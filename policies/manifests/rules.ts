import type { Rule } from '../rule.ts';
import { addCapabilities } from './add-capabilities.ts';
import { apparmor } from './apparmor.ts';
import { clusterInternal } from './cluster-internal.ts';
import { configUrl } from './config-url.ts';
import { customSchema } from './custom-schema.ts';
import { defaultDeny } from './default-deny.ts';
import { disruptionBudget } from './disruption-budget.ts';
import { dnsNames } from './dns-names.ts';
import { dropCapabilities } from './drop-capabilities.ts';
import { edgeDeclared } from './edge-declared.ts';
import { edgePolicies } from './edge-policies.ts';
import { hostNamespaces } from './host-namespaces.ts';
import { hostPath } from './host-path.ts';
import { hostPorts } from './host-ports.ts';
import { hostProcess } from './host-process.ts';
import { imageDigest } from './image-digest.ts';
import { ingressTls } from './ingress-tls.ts';
import { knownKind } from './known-kind.ts';
import { jobHooks } from './job-hooks.ts';
import { kubernetesSchema } from './kubernetes-schema.ts';
import { labels } from './labels.ts';
import { literalSecret } from './literal-secret.ts';
import { namespaceLimits } from './namespace-limits.ts';
import { namespaceRestricted } from './namespace-restricted.ts';
import { namedFiles } from './named-files.ts';
import { ownNamespace } from './own-namespace.ts';
import { policyPods } from './policy-pods.ts';
import { privilegeEscalation } from './privilege-escalation.ts';
import { privileged } from './privileged.ts';
import { probeHost } from './probe-host.ts';
import { probes } from './probes.ts';
import { procMount } from './proc-mount.ts';
import { rbacEscalation } from './rbac-escalation.ts';
import { rbacWildcard } from './rbac-wildcard.ts';
import { readOnlyRoot } from './read-only-root.ts';
import { readable } from './readable.ts';
import { resources } from './resources.ts';
import { runAsNonRoot } from './run-as-non-root.ts';
import { runAsUser } from './run-as-user.ts';
import { seccomp } from './seccomp.ts';
import { secretObject } from './secret-object.ts';
import { selectors } from './selectors.ts';
import { selinux } from './selinux.ts';
import { serviceAccount } from './service-account.ts';
import { servicePods } from './service-pods.ts';
import { sysctls } from './sysctls.ts';
import { tokenAutomount } from './token-automount.ts';
import { unbuiltImage } from './unbuilt-image.ts';
import { uniqueObjects } from './unique-objects.ts';
import { urlInEnv } from './url-in-env.ts';
import { volumeTypes } from './volume-types.ts';
import { wholeEnvironment } from './whole-environment.ts';

/** Every rule about manifests, in the order in which findings are fixed best. */
export const manifestRules: readonly Rule[] = [
  // what is there at all
  readable, knownKind, kubernetesSchema, customSchema, uniqueObjects, wholeEnvironment, namedFiles,
  // pods: the restricted Pod Security Standard, and beyond
  privileged, hostNamespaces, hostPath, volumeTypes, hostPorts, hostProcess, probeHost, dropCapabilities, addCapabilities, privilegeEscalation,
  runAsNonRoot, runAsUser, seccomp, apparmor, selinux, procMount, sysctls, readOnlyRoot, imageDigest, unbuiltImage, probes, resources,
  disruptionBudget, jobHooks,
  // rights and secrets
  serviceAccount, tokenAutomount, rbacWildcard, rbacEscalation, urlInEnv, configUrl, literalSecret, secretObject,
  // namespaces and the network
  ownNamespace, namespaceRestricted, namespaceLimits, defaultDeny, edgeDeclared, edgePolicies, policyPods, clusterInternal, ingressTls,
  // names
  dnsNames, labels, selectors, servicePods,
];
