import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { custom, type Described } from '../platform/targets/kubernetes/cdk8s.ts';
import type { Annotations } from '../platform/targets/kubernetes/wave.ts';
import type { ClusterEnvironment } from '../platform/model/index.ts';
import { metadataOf } from './metadata.ts';
import { argo } from './place.ts';

/** What is special about one Application; the rest is the same for all. */
export interface Wanted {
  readonly name: string;
  /** What it is about, for its labels. */
  readonly about: { readonly name: string; readonly component: string };
  readonly environment?: ClusterEnvironment;
  readonly project: string;
  readonly wave: number;
  /** A folder of the repository. */
  readonly path: string;
  /** Files and folders (`projects/`) in it; each belongs to one Application (`./journey check`: owned-once). @default all, not below */
  readonly files?: readonly string[];
  readonly destination: { readonly name: string; readonly namespace: string };
  readonly links?: Annotations;
  readonly ignore?: readonly Ignored[];
  /** Does taking it out of git take its objects along? @default no */
  readonly cascade?: boolean;
}
/** Fields that somebody else writes. Each use says who. */
export interface Ignored { readonly group: string; readonly kind: string; readonly name?: string; readonly namespace: string; readonly jsonPointers: readonly string[] }

type Application = IApplication & { readonly metadata: { readonly name: string } };

/** Whether automatic sync is paused: people decide it, in Argo CD or by the deployment service, and who applied the Application must not undo it. */
export const pausedByPeople: Ignored = { group: 'argoproj.io', kind: 'Application', namespace: argo.namespace, jsonPointers: ['/spec/syncPolicy/automated/enabled'] };

export function applicationOf({ name, about, environment, project, wave, path, files = [], destination, links = {}, ignore = [], cascade = false }: Wanted): Described {
  const annotations = {
    // The API server says what would change: its defaults, and those of operators, are no difference and need not be ignored.
    'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
    // A commit that touches nothing below does not wake it up.
    'argocd.argoproj.io/manifest-generate-paths': (files.length === 0 ? [''] : files).map((file) => `/${path}/${file}`.replace(/\/$/, '')).join(';'),
    ...links,
  };
  const metadata = metadataOf(name, about, wave, environment, annotations);
  return custom<Application>({
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application',
    metadata: { ...metadata, ...(cascade ? { finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'] } : {}) },
    spec: {
      project,
      source: { repoURL: argo.repository, targetRevision: argo.revision, path, ...(files.length === 0 ? {} : { directory: { recurse: true, include: includeOf(files) } }) },
      destination: { ...destination },
      ...(ignore.length > 0 ? { ignoreDifferences: ignore.map((one) => ({ ...one, jsonPointers: [...one.jsonPointers] })) } : {}),
      syncPolicy: {
        // Whoever pauses it sets `enabled`, which no manifest names: server-side apply leaves that alone.
        automated: { prune: true, selfHeal: true, allowEmpty: false },
        // A Job that fails, an autoscaler without figures, an operator that restarts: five more attempts in about five minutes, each with what main says then.
        retry: { limit: 5, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
        syncOptions: ['ServerSideApply=true', 'FailOnSharedResource=true', 'PruneLast=true', 'RespectIgnoreDifferences=true'],
      },
    },
  });
}

/** As Argo CD's globs want it: braces for more than one, and a star that also matches slashes. */
function includeOf(files: readonly string[]): string {
  const patterns = files.map((file) => (file.endsWith('/') ? `${file}*` : file));
  return patterns.length === 1 ? patterns.join() : `{${patterns.join()}}`;
}
