/**
 * The order in which Argo CD applies things, said here and nowhere else: the lowest wave first, and the next one when everything in
 * it is healthy. A need points to an earlier wave, never to the same one: a policy stands before the pod that it protects, a secret
 * before who reads it, a database before its migration. `./journey check` compares these waves with what objects really name.
 */
export const wave = {
  namespace: -40,
  /** Who may do what: before the first pod, so that none runs unprotected. */
  policy: -30,
  /** Identities, addresses, secrets. */
  access: -20,
  backing: -15,
  migration: -10,
  workload: 0,
  /** Autoscalers, once there are pods to measure: without figures one counts as Degraded, which fails a sync. */
  scaling: 5,
  /** After everything else is healthy: its hook says PostSync, which is a phase of its own. */
  smoke: 10,
} as const;
export type Wave = (typeof wave)[keyof typeof wave];

/** Whole Applications in the app of apps of their environment. Workloads go together: their references may be mutual. */
export const applicationWave = { shared: -10, workload: 0 } as const;
/** What the root Application applies: how Argo CD judges health, before anything waits for it; then who may do what. */
export const rootWave = { config: -20, project: -10, environment: 0 } as const;

export const SYNC_WAVE = 'argocd.argoproj.io/sync-wave';
export type Annotations = Readonly<Record<string, string>>;

/**
 * A Job is a hook: its pod template can never be changed, so each sync deletes the last one, and makes it anew. Its log stays until
 * then. Only whole syncs run hooks; a heal applies what drifted and nothing else.
 */
export const hook = (phase: 'Sync' | 'PostSync'): Annotations => ({
  'argocd.argoproj.io/hook': phase, 'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
});
