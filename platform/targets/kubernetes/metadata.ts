import { PROJECT, type Home, type Owner } from './scope.ts';
import { SYNC_WAVE, type Annotations, type Wave } from './wave.ts';

/** Joins an object to the reference that asked for it; stable, so that moving a line of the model changes no manifest. */
export const DECLARED_BY = 'request-journey.dev/declared-by';

export interface Metadata {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Annotations;
}

export function metadataOf(home: Home, owner: Owner, name: string, at: Wave, declaredBy: readonly string[] = []): Metadata {
  return {
    name,
    namespace: home.namespace,
    labels: labelsOf(home, owner),
    annotations: {
      [SYNC_WAVE]: String(at),
      ...(declaredBy.length > 0 ? { [DECLARED_BY]: declaredBy.join(',') } : {}),
    },
  };
}

/** The six labels (kubernetes.io/docs/concepts/overview/working-with-objects/common-labels). */
export function labelsOf(home: Home, owner: Owner): Readonly<Record<string, string>> {
  return {
    ...selectorOf(home, owner.name),
    'app.kubernetes.io/version': owner.version,
    'app.kubernetes.io/component': owner.component,
    'app.kubernetes.io/part-of': PROJECT,
    'app.kubernetes.io/managed-by': 'argocd',
  };
}

/** What selects pods: only what never changes, since a Deployment's selector cannot be changed. */
export function selectorOf(home: Home, name: string): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': name, 'app.kubernetes.io/instance': home.installation };
}
