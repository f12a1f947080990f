import { labelsOf } from '../platform/targets/kubernetes/metadata.ts';
import { homeOf, PROJECT, type Owner } from '../platform/targets/kubernetes/scope.ts';
import { SYNC_WAVE, type Annotations } from '../platform/targets/kubernetes/wave.ts';
import type { ClusterEnvironment } from '../platform/model/index.ts';
import { argo } from './place.ts';

interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: { [label: string]: string };
  readonly annotations: { [annotation: string]: string };
}

/** Of an object beside Argo CD. Without a release: one that named it would change with each, and sync the app of apps for nothing. */
export function metadataOf(name: string, about: Pick<Owner, 'name' | 'component'>, wave: number, environment?: ClusterEnvironment, more: Annotations = {}): Metadata {
  const installation = environment ? homeOf(environment).installation : PROJECT;
  return {
    name, namespace: argo.namespace,
    labels: { ...labelsOf({ namespace: argo.namespace, installation }, { ...about, version: 'v1' }) },
    annotations: { [SYNC_WAVE]: String(wave), ...more },
  };
}
