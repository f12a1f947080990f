import { get, isRecord, listOf, textOf, type Json, type Path } from '../json.ts';
import type { Manifest, Rendered } from '../rendered.ts';

/** A pod's specification, wherever its kind keeps it. */
export interface Pod {
  readonly on: Manifest;
  readonly at: Path;
  readonly spec: Json;
  /** Path of the pod's (template's) metadata. */
  readonly metadataAt: Path;
  readonly metadata: unknown;
}
export interface Container {
  readonly pod: Pod;
  readonly on: Manifest;
  readonly at: Path;
  readonly json: Json;
  readonly list: 'containers' | 'initContainers' | 'ephemeralContainers';
  readonly name: string;
}

const templates: Readonly<Record<string, Path>> = {
  Pod: [],
  PodTemplate: ['template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
  ...Object.fromEntries(['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'ReplicationController', 'Job'].map((kind) => [kind, ['spec', 'template']])),
};
const lists = ['containers', 'initContainers', 'ephemeralContainers'] as const;

export const ofKind = (...kinds: readonly string[]) => (rendered: Rendered): readonly Manifest[] => rendered.manifests.filter((m) => kinds.includes(m.kind));

/** Every pod that the manifests would start. */
export function podsOf(rendered: Rendered): readonly Pod[] {
  return rendered.manifests.flatMap((on): Pod[] => {
    const template = templates[on.kind];
    if (!template) return [];
    const spec = get(on.json, ...template, 'spec');
    const metadataAt = [...template, 'metadata'];
    return [{ on, at: [...template, 'spec'], spec: isRecord(spec) ? spec : {}, metadataAt, metadata: get(on.json, ...metadataAt) }];
  });
}

/** Every container of every pod: the ones that start it and the ones that debug it too. */
export function containersOf(rendered: Rendered): readonly Container[] {
  return podsOf(rendered).flatMap((pod) => lists.flatMap((list) => listOf(pod.spec[list]).map((json, i): Container => ({
    pod, list, on: pod.on, at: [...pod.at, list, i], json: isRecord(json) ? json : {}, name: textOf(get(json, 'name')) ?? '',
  }))));
}

/** Pods and containers alike, each with the path of its security context: where a pod's setting holds for its containers. */
export function contextsOf(rendered: Rendered): readonly { readonly on: Manifest; readonly at: Path; readonly context: unknown; readonly pod: Pod }[] {
  return [
    ...podsOf(rendered).map((pod) => ({ pod, on: pod.on, at: [...pod.at, 'securityContext'], context: pod.spec['securityContext'] })),
    ...containersOf(rendered).map((c) => ({ pod: c.pod, on: c.on, at: [...c.at, 'securityContext'], context: c.json['securityContext'] })),
  ];
}

/** A setting of a container, or else of its pod. */
export const effective = (container: Container, ...path: Path): unknown =>
  get(container.json, 'securityContext', ...path) ?? get(container.pod.spec, 'securityContext', ...path);

/** Kinds whose pods serve until they are stopped. */
export const SERVING = ['Deployment', 'StatefulSet', 'DaemonSet'];
