import { readFileSync } from 'node:fs';
import { configMap, type Described } from '../platform/targets/kubernetes/cdk8s.ts';
import { rootWave } from '../platform/targets/kubernetes/wave.ts';
import { applicationOf, pausedByPeople } from './application.ts';
import { metadataOf } from './metadata.ts';
import { argoDestination, ROOT } from './place.ts';
import { ACCOUNT } from './role.ts';

/**
 * The Application of the apps of apps, projects and settings. It does not own its own file: it would wait for itself to be healthy. Whoever
 * installs Argo CD applies it once.
 */
export const rootApplication = (): Described => applicationOf({
  name: ROOT, about: { name: ROOT, component: 'root' }, project: ROOT, wave: rootWave.environment,
  path: 'synth/argocd', files: ['config.yaml', 'projects/', 'apps/'], destination: argoDestination, ignore: [pausedByPeople],
});

/** The settings that the rest depends on; server-side apply leaves all others of `argocd-cm` as they are. */
export function configOf(): Described {
  const metadata = metadataOf('argocd-cm', { name: 'argocd-cm', component: 'settings' }, rootWave.config);
  return configMap({
    metadata: {
      ...metadata,
      // Argo CD reads settings only from objects with this label.
      labels: { ...metadata.labels, 'app.kubernetes.io/part-of': 'argocd' },
      // It holds other people's settings, too: taking this file out of git must not take them along.
      annotations: { ...metadata.annotations, 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    data: {
      [`accounts.${ACCOUNT}`]: 'apiKey',
      // The label that Argo CD would track by is one of our six, and selectors use it.
      'application.resourceTrackingMethod': 'annotation',
      // Without it the next wave would not wait for the Applications of the one before.
      'resource.customizations.health.argoproj.io_Application': readFileSync(new URL('application-health.lua', import.meta.url), 'utf8'),
    },
  });
}
