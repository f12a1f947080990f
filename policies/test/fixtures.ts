import { stringify } from 'yaml';
import { broken } from './broken.ts';
import { stack } from './good-stack.ts';
import { auth, DIGEST, gateway, journey, shared } from './good.ts';
import { argo } from './good-argocd.ts';

const built = { image: DIGEST };
/** The whole environment's graph names its files. */
const filesOf: Readonly<Record<string, readonly string[]>> = {
  sessions: ['terraform/cdk.tf.json'], gateway: ['kubernetes/gateway/gateway.yaml'], auth: ['kubernetes/auth/auth.yaml'],
};
const good: Readonly<Record<string, string | object>> = {
  'production/kubernetes/shared/environment.yaml': Object.values(shared),
  'production/kubernetes/gateway/gateway.yaml': Object.values(gateway),
  'production/kubernetes/auth/auth.yaml': Object.values(auth),
  'argocd/root.yaml': [argo.root],
  'argocd/config.yaml': [argo.config],
  'argocd/projects/root.yaml': [argo.rootProject],
  'argocd/projects/production.yaml': [argo.project],
  'argocd/apps/production.yaml': [argo.apps],
  'argocd/applications/production/shared.yaml': [argo.shared],
  'argocd/applications/production/gateway.yaml': [argo.gateway],
  'argocd/applications/production/auth.yaml': [argo.auth],
  'production/terraform/cdk.tf.json': stack,
  'production/journey.json': { ...journey, nodes: journey.nodes.map((node) => ({ ...node, files: filesOf[node.name] ?? [] })) },
  'releases/dev.json': { gateway: built, auth: { ...built, source: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3', provenance: 'https://example.com/attestations/7' } },
  'releases/local.json': { gateway: { revision: 'worktree' }, auth: { revision: 'a94a8fe5ccb19ba61c4c0873d391e987982fbbd3' } },
};

/** Path below `policies/fixtures/` → text. */
export function fixtures(): ReadonlyMap<string, string> {
  const all = [['good', good] as const, ...broken.map(({ rule, name, files }) => [`${rule}/${name}`, files] as const)];
  return new Map(all.flatMap(([folder, files]) => Object.entries(files).map(([path, content]) => [`${folder}/${path}`, textOf(content)] as const)));
}

function textOf(content: string | object): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map((document: unknown) => stringify(document, { lineWidth: 0, aliasDuplicateObjects: false })).join('---\n');
  return `${JSON.stringify(content, null, 2)}\n`;
}
