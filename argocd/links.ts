import type { Annotations } from '../platform/targets/kubernetes/wave.ts';
import { hostOf, type ClusterEnvironment, type Platform } from '../platform/model/index.ts';

/** The workload that serves the pages. */
const PAGES = 'dashboard';

/**
 * Deep links from Argo CD's pages into ours (`title|address`, argo-cd.readthedocs.io: External URL Links); none where the pages are not
 * public. The dashboard is the environment's own.
 */
export function linksOf(platform: Platform, environment: ClusterEnvironment, workload?: string): Annotations {
  const host = hostOf(environment, platform.workloads[PAGES]);
  if (host === undefined) return {};
  const name = encodeURIComponent(environment.name);
  const history = new URLSearchParams({ environment: environment.name, ...(workload === undefined ? {} : { workload }) });
  const link = (title: string, path: string) => `${title}|https://${host}${path}`;
  return {
    [`${PREFIX}environments`]: link('All environments', '/environments'),
    [`${PREFIX}manifests`]: link('Manifests and their lines', `/environments/${name}/manifests`),
    [`${PREFIX}history`]: link('Who changed it, and why', `/history?${history}`),
    [`${PREFIX}drift`]: link('Drift', '/drift'),
  };
}

const PREFIX = 'link.argocd.argoproj.io/';
