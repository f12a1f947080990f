import { get, textOf } from '../json.ts';
import type { Manifest } from '../rendered.ts';

/** When Argo CD applies an object that is no ordinary part of the desired state (argo-cd.readthedocs.io: Sync Phases and Waves). */
export const hooksOf = ({ json }: Manifest): readonly string[] =>
  (textOf(get(json, 'metadata', 'annotations', 'argocd.argoproj.io/hook')) ?? '').split(',').map((one) => one.trim()).filter((one) => one !== '');

/** A Job that runs when everything else is healthy. */
export const isAfterSync = (on: Manifest): boolean => on.kind === 'Job' && hooksOf(on).includes('PostSync');
