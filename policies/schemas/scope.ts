/** Kinds that live in no namespace; the API document does not mark them. */
const CLUSTER = [
  'Namespace', 'Node', 'PersistentVolume', 'ClusterRole', 'ClusterRoleBinding', 'PriorityClass', 'StorageClass', 'IngressClass', 'RuntimeClass', 'CSIDriver',
  'CustomResourceDefinition', 'APIService', 'MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration', 'ValidatingAdmissionPolicy',
  'ValidatingAdmissionPolicyBinding', 'ClusterSecretStore', 'ClusterExternalSecret', 'ClusterIssuer',
];

export const isNamespaced = (kind: string): boolean => !CLUSTER.includes(kind);
