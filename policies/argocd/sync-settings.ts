import { get, textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { isApplication, treeOf } from './application.ts';

const HEALTH = 'resource.customizations.health.argoproj.io_Application';

export const syncSettings = rule({
  id: 'sync-settings',
  why: 'Without a health of Applications no wave waits for the one before it; tracked by label, Argo CD writes over the label that selectors use; without its own label Argo CD does not read the settings at all.',
  fix: 'Run ./journey synth: argocd/root.ts writes both settings into argocd-cm.',
  serves: ['NSA/CISA: Upgrading and application security practices'],
  of: (rendered) => (rendered.neighbours && treeOf(rendered).applications.some((a) => treeOf(rendered).ownedBy(a).some(isApplication)) ? [rendered] : []),
  check: ({ folder, manifests }) => {
    const settings = manifests.filter((m) => m.kind === 'ConfigMap' && m.name === 'argocd-cm');
    if (settings.length === 0) return [breach({ file: folder, object: 'Argo CD' }, [], 'has Applications that apply Applications, and no argocd-cm')];
    return settings.flatMap((on) => [
      ...((textOf(get(on.json, 'data', HEALTH)) ?? '').trim() === '' ? [breach(on, ['data', HEALTH], 'is missing')] : []),
      ...(get(on.json, 'data', 'application.resourceTrackingMethod') === 'annotation' ? [] : [breach(on, ['data', 'application.resourceTrackingMethod'], 'is not annotation')]),
      ...(get(on.json, 'metadata', 'labels', 'app.kubernetes.io/part-of') === 'argocd' ? [] : [breach(on, ['metadata', 'labels', 'app.kubernetes.io/part-of'], 'is not argocd')]),
    ]);
  },
});
