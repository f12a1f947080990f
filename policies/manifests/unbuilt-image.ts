import { UNBUILT_DIGEST } from '../../platform/model/index.ts';
import { textOf } from '../json.ts';
import { breach } from '../breach.ts';
import { rule } from '../rule.ts';
import { containersOf } from './pods.ts';

/** A notice, not a finding: the manifest is right, only the image does not exist yet. */
export const unbuiltImage = rule({
  id: 'unbuilt-image',
  why: 'The all-zero digest stands for an image that nobody has built: the manifest is valid, and cannot run.',
  fix: 'Build the image and write its digest into environments/releases/; nothing promotes it until then.',
  serves: ['CIS Kubernetes 5.5.1'],
  of: containersOf,
  check: ({ on, at, json }) => ((textOf(json['image']) ?? '').endsWith(`@${UNBUILT_DIGEST}`)
    ? [{ ...breach(on, [...at, 'image'], 'is not built yet'), level: 'notice' as const }] : []),
});
