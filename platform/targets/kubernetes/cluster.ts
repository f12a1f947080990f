/**
 * What every cluster is expected to have besides what is synthesized: an ingress controller, cert-manager, External Secrets,
 * the Prometheus operator, and a network plugin that enforces policies. Where they run, as their own charts install them.
 */
const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

export const cluster = {
  ingressClass: 'nginx',
  ingressController: {
    namespaceSelector: inNamespace('ingress-nginx'),
    podSelector: { matchLabels: { 'app.kubernetes.io/name': 'ingress-nginx', 'app.kubernetes.io/component': 'controller' } },
  },
  prometheus: { namespaceSelector: inNamespace('monitoring'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } } },
  dns: { namespaceSelector: inNamespace('kube-system'), podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } },
  /** The pods by which cert-manager answers an ACME HTTP-01 challenge; they run in the namespace of the Ingress. */
  acmeSolver: { labels: { 'acme.cert-manager.io/http01-solver': 'true' }, port: 8089 },
  /** The API server as pods reach it: the Service's port, and the endpoint's behind it. */
  apiPorts: [443, 6443],
  /** The version of the `restricted` Pod Security Standard: the oldest release that is supported. */
  podSecurityVersion: 'v1.28',
} as const;
